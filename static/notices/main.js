/* The dialog in which staff speak to the waiting room, the same at the counter and in the overview. It asks the
   server when it is opened and while it is open; nothing of it is in the page's live state. */
import "../js/page.js";
import { ApiError, deed, get, settle } from "../js/api.js";
import { byId, el, fill, setText } from "../js/dom.js";
import { clockTime } from "../js/format.js";
import { t } from "../js/texts.js";
import { clean, length } from "./line.js";

const URL = "/api/v1/notices";
const TRIES = 4;
const ASK_MS = 10000;
// a second touch of the same finger must not hit what stands there now
const REST_MS = 400;
// about so many stand side by side at the foot of a board
const LINE = 75;
const MINUTES = [5, 10, 30, 60, 120, 480];

let found = null;
let asking = null;
let busy = false;
// the last asking had no answer, and the reader was told so
let deaf = false;
// what was asked for before a deed says nothing of what is true after it
let round = 0;

function picked(name) {
  const input = document.querySelector("input[name=" + name + "]:checked");
  return input ? input.value : "";
}

function pick(name, value, words, checked) {
  return el("label", { class: "notices-pick" },
    el("input", { type: "radio", name, value, checked }), el("span", {}, words));
}

function minutesText(n) {
  return n >= 60 && n % 60 === 0 ? t("{n} h", { n: n / 60 }) : t("{n} min", { n });
}

/* Drawn once, when it opens: what the reader has chosen must not jump back. */
function drawChoices({ zones, limits }) {
  const usual = limits.usual_minutes;
  const lengths = MINUTES.concat(MINUTES.indexOf(usual) < 0 ? [usual] : []).sort((a, b) => a - b);
  fill(byId("notices-minutes"), lengths.map((n) => pick("notices-minutes", n, minutesText(n), n === usual)));
  byId("notices-zone-set").hidden = zones.length < 2;
  fill(byId("notices-zones"), pick("notices-zone", "", t("All boards"), true), zones.map((zone) => pick("notices-zone", zone.code, zone.name, false)));
}

function drawReady() {
  setText(byId("notices-voice"), found.spoken ? t("Shown on the boards and spoken.") : t("Shown on the boards. The voice is silent now."));
  fill(byId("notices-ready"), found.ready.map((one) =>
    el("li", {}, el("button", { type: "button", class: "button notices-one", onclick: () => send({ ready: one.code }) }, one.words))));
}

function row(notice) {
  const facts = [notice.zone && notice.zone.name, notice.officer || t("a program"), t("until {time}", { time: clockTime(notice.until) })];
  const down = el("button", { type: "button", class: "button", "aria-describedby": "notices-row-" + notice.id, onclick: () => withdraw(notice) }, t("Take down"));
  return el("li", { class: "notices-row" },
    el("div", { class: "notices-row-words" },
      el("p", { id: "notices-row-" + notice.id }, notice.words), el("p", { class: "small soft" }, facts.filter(Boolean).join(" · "))),
    notice.mine && down);
}

function drawStanding() {
  const { items, limits } = found;
  const key = JSON.stringify(items);
  const list = byId("notices-standing");
  byId("notices-none").hidden = items.length > 0;
  setText(byId("notices-total"), items.length ? t("{n} of {most}", { n: items.length, most: limits.standing }) : "");
  // drawn anew only when it changed, or a finger would find its button gone
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  fill(list, items.map(row));
}

function drawWords() {
  const words = clean(byId("notices-words").value);
  const most = found ? found.limits.words : 200;
  const over = length(words) > most;
  const count = byId("notices-count");
  setText(count, over ? t("{n} of {most} characters: too long", { n: length(words), most }) : t("{n} of {most} characters", { n: length(words), most }));
  count.className = over ? "error-text" : "small soft";
  byId("notices-words").setAttribute("aria-invalid", String(over));
  setText(byId("notices-shown"), words || t("What you write stands here."));
  byId("notices-long").hidden = length(words) <= LINE;
  byId("notices-shown").classList.toggle("soft", !words);
  byId("notices-send").disabled = busy || over || !words;
}

function say(words, fault) {
  setText(byId("notices-said"), fault ? "" : words);
  setText(byId("notices-fault"), fault ? words : "");
  byId("notices-said").hidden = !words || Boolean(fault);
  byId("notices-fault").hidden = !words || !fault;
}

function trouble(error) {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 401) return location.reload();
  return say(error.detail || t("The server did not answer."), true);
}

async function look(isFirst) {
  const mine = (round += 1);
  try {
    const fresh = await get(URL);
    if (mine !== round || !byId("notices").open) return;
    const before = found;
    found = fresh;
    if (isFirst || !before) drawChoices(found);
    if (isFirst || !before || before.spoken !== found.spoken) drawReady();
    drawStanding();
    drawWords();
    if (deaf && !busy) say("");
    deaf = false;
  } catch (error) {
    if (mine !== round || busy) return;
    deaf = true;
    trouble(error);
  }
}

function block(on) {
  busy = on;
  byId("notices").classList.toggle("notices-busy", on);
  drawWords();
}

async function act(method, url, body) {
  if (busy) return undefined;
  block(true);
  say("");
  try {
    const answer = await settle(deed(method, url, body), {
      onWaiting: () => say(t("No answer yet. Trying again; nothing is done twice."), true),
      stop: (tries) => tries >= TRIES,
    });
    say("");
    return answer;
  } catch (error) {
    trouble(error);
    return undefined;
  } finally {
    setTimeout(() => block(false), REST_MS);
  }
}

async function send(what) {
  const zone = picked("notices-zone");
  const minutes = Number(picked("notices-minutes"));
  const body = Object.assign({}, what, zone && { zone }, minutes && { minutes });
  const sent = await act("POST", URL, body);
  if (!sent) return;
  if (what.words) byId("notices-words").value = "";
  await look();
  say(sentText(sent));
}

function sentText({ ready, spoken, until, words, zone }) {
  const facts = { place: zone ? zone.name : t("all boards"), time: clockTime(until) };
  const again = ready && found.spoken ? t("It was spoken a moment ago and is not repeated yet.") : "";
  return [t("Sent to {place}, until {time}.", facts), spoken ? t("It is being spoken.") : again, "“" + words + "”"].filter(Boolean).join(" ");
}

async function withdraw(notice) {
  const done = await act("DELETE", URL + "/" + notice.id);
  if (done === undefined) return;
  await look();
  say(t("Taken down: “{words}”", { words: notice.words }));
  byId("notices-title").focus();
}

function open() {
  if (document.querySelector("dialog[open]")) return;
  say("");
  byId("notices").showModal();
  byId("notices").scrollTop = 0;
  drawWords();
  look(true);
  asking = setInterval(() => { if (!busy && !document.hidden) look(); }, ASK_MS);
}

byId("notices-open").addEventListener("click", open);
byId("notices-close").addEventListener("click", () => byId("notices").close());
byId("notices").addEventListener("close", () => clearInterval(asking));
byId("notices-words").addEventListener("input", drawWords);
byId("notices-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = clean(byId("notices-words").value);
  if (words) send({ words });
});
