/* Every clip with its words, to hear and to replace by a recording of one's own. */
import { page } from "../../js/page.js";
import { deed } from "../../js/api.js";
import { byId, el, fill, icon, setText } from "../../js/dom.js";
import { dayMonthYear } from "../../js/format.js";
import { t } from "../../js/texts.js";
import { playClip } from "./loudspeaker.js";
import { BadFile, recordingOf } from "./recording.js";
import { wordsOf } from "./words.js";

const SLOW_MS = 30000;
const PLAY = "M8 5.5v13l10.5-6.5Z";
const own = new Map(page.voice.own.map((one) => [key(one.language, one.name), one]));
let settings = null;
let language = "vi";

function key(spoken, name) {
  return spoken + "/" + name;
}

function tell(words) {
  setText(byId("clips-said"), words);
  complain("");
}

function complain(words) {
  const problem = byId("clips-problem");
  setText(problem, words);
  problem.hidden = !words;
  if (!words) return;
  setText(byId("clips-said"), "");
  problem.scrollIntoView({ block: "nearest" });
}

function reason(error) {
  if (!(error instanceof BadFile)) return wordsOf(error);
  if (error.code === "large") return t("This file is larger than 50 MB. Please choose a shorter recording.");
  if (error.code === "long") return t("The recording is longer than 15 seconds. Please cut it.");
  return t("This browser cannot read the file as a sound. Please choose a WAV, MP3, M4A or OGG file.");
}

function sources(clip) {
  const accent = clip.urls[settings().voice_accent] || clip.urls.north;
  const recording = own.get(key(language, clip.name));
  return recording ? [recording.url, accent] : [accent];
}

/* One clip: words, where its sound comes from, and what can be done. */
class Row {
  constructor(clip, group) {
    this.clip = clip;
    this.group = group;
    this.language = language;
    this.state = el("p", { class: "clip-state" });
    this.file = el("input", { class: "sr-only", type: "file", accept: "audio/*", "aria-label": t("Own recording for “{words}”", { words: clip.words }), onchange: () => this.upload() });
    this.choose = el("span", null, t("Own recording …"));
    this.gone = el("button", { class: "button button-quiet", type: "button", "aria-label": t("Remove the recording of “{words}”", { words: clip.words }), onclick: () => this.remove() }, t("Remove"));
    this.node = el("li", { class: "clip" },
      el("button", { class: "button clip-play", type: "button", "aria-label": t("Listen to “{words}”", { words: clip.words }), onclick: () => this.play() }, icon("play", PLAY)),
      el("div", { class: "clip-says" }, el("p", { lang: language }, letterOf(clip), clip.words), this.state),
      el("div", { class: "clip-deeds" }, el("label", { class: "button file" }, this.file, this.choose), this.gone));
    this.show();
  }

  show() {
    const recording = own.get(key(this.language, this.clip.name));
    this.node.classList.toggle("is-own", Boolean(recording));
    setText(this.state, recording ? t("Own recording of {date}, {seconds} s", { date: dayMonthYear(recording.added_at), seconds: (recording.ms / 1000).toFixed(1) }) : "");
    setText(this.choose, recording ? t("Replace …") : t("Own recording …"));
    this.gone.hidden = !recording;
    this.group.count();
  }

  async play() {
    complain(await playClip(sources(this.clip)));
  }

  get path() {
    return "/api/v1/voice/own/" + this.language + "/" + this.clip.name;
  }

  async upload() {
    const file = this.file.files[0];
    if (!file) return;
    tell(t("Being read …"));
    try {
      const content = await recordingOf(file);
      own.set(key(this.language, this.clip.name), await deed("PUT", this.path, { content }).send(SLOW_MS));
      this.show();
      tell(t("“{words}” is spoken with your recording from now on.", { words: this.clip.words }));
    } catch (error) {
      complain(reason(error));
    }
    // the same file may be chosen once more
    this.file.value = "";
  }

  async remove() {
    try {
      await deed("DELETE", this.path).send();
      own.delete(key(this.language, this.clip.name));
      this.show();
      this.file.focus();
      tell(t("“{words}” is spoken with the program's own clip again.", { words: this.clip.words }));
    } catch (error) {
      complain(reason(error));
    }
  }
}

/* A letter is shown as it is written too: “A” is not what “a” looks like on the slip. */
function letterOf(clip) {
  if (clip.group !== "letters") return null;
  const letter = clip.name === "letter-dd" ? "Đ" : clip.name.slice(-1).toUpperCase();
  return el("strong", { class: "clip-letter" }, letter);
}

class Group {
  constructor(name, words, clips, open) {
    this.spoken = language;
    this.clips = clips.filter((one) => one.group === name);
    this.counted = el("span", { class: "soft group-count" });
    this.node = el("details", { class: "card group group-" + name, open },
      el("summary", null, el("h3", null, words), this.counted),
      el("ul", { class: "clip-list" }, this.clips.map((one) => new Row(one, this).node)));
  }

  count() {
    const mine = this.clips.filter((one) => own.has(key(this.spoken, one.name))).length;
    const all = t("{n} clips", { n: this.clips.length });
    setText(this.counted, mine ? all + ", " + t("{n} own recordings", { n: mine }) : all);
  }
}

function draw() {
  const clips = page.clips[language];
  fill(byId("groups"), page.groups.map(([name, words], n) => new Group(name, words, clips, n === 0).node));
  document.querySelectorAll(".switch [data-language]").forEach((one) => {
    one.setAttribute("aria-pressed", String(one.dataset.language === language));
  });
}

export function drawClips(settingsNow) {
  settings = settingsNow;
  document.querySelectorAll(".switch [data-language]").forEach((one) => one.addEventListener("click", () => {
    language = one.dataset.language;
    tell("");
    draw();
  }));
  draw();
}
