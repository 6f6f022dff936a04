/* The board's voice: takes the states, speaks when this screen is the one that may, and tells the server how it fares. */
import { serverNow } from "../../js/format.js";
import { Blocked, Missing, Player, pause } from "./player.js";
import { Turns } from "./turns.js";

const REPORT_MS = 3000;
const RETRY_MS = 20000;
const CHIME_GAP_S = 0.25;
const PART_GAP_S = 0.5;
const REPEAT_GAP_S = 1;
// nothing heard from the server for so long: another may have been given the word
const CUT_MS = 12000;

export class Voice {
  /* name: of this screen; wanted: false where no sound is wanted; tell(report) sends it, if there is a line;
     heardAt(): when the server was last heard (Date.now); isCutOff(): states come over HTTP; unplayable(): media that
     could not be shown; show(state) draws how the sound is. */
  constructor(options) {
    this.options = options;
    this.turns = new Turns(options.name);
    this.player = null;
    this.state = options.wanted ? "off" : "silent";
    this.isSpeaking = false;
    this.isTrying = false;
    this.voice = null;
    this.told = "";
    this.triedAt = 0;
    this.toldAt = 0;
  }

  /* Finds out whether the browser lets us be heard. */
  async start() {
    if (!this.options.wanted) return;
    this.player = new Player();
    await this.unlock();
  }

  /* Also from a touch: only then may some browsers begin. */
  async unlock() {
    if (!this.player || !this.player.context || this.isTrying || this.isSpeaking) return;
    this.isTrying = true;
    this.triedAt = Date.now();
    const allowed = await this.player.isAllowed();
    if (allowed) this.player.rest();
    this.isTrying = false;
    this.become(allowed ? "ready" : "blocked");
    this.go();
  }

  become(state) {
    this.state = state;
    this.report();
  }

  take(state) {
    this.voice = state.voice;
    if (this.turns.take(state, serverNow(), this.options.isCutOff()) && this.player) this.player.stop();
    this.report();
    this.go();
  }

  /* Called often. */
  tick() {
    if (this.state === "blocked" && Date.now() - this.triedAt > RETRY_MS) this.unlock();
    if (this.isSpeaking && Date.now() - this.toldAt > REPORT_MS) this.report(true);
    this.go();
  }

  /* What the server is to know: at the handshake, and whenever it changes. */
  account() {
    return {
      state: this.state,
      epoch: this.turns.epoch || "",
      said: this.turns.said,
      speaking: this.turns.current ? this.turns.current.seq : null,
      missing: this.player ? Object.keys(this.player.missing).map(shortName).slice(0, 40) : [],
      unplayable: this.options.unplayable().slice(0, 80),
    };
  }

  report(always) {
    const account = this.account();
    const words = JSON.stringify(account);
    this.options.show(this.looks());
    if (words === this.told && !always) return;
    this.told = words;
    this.toldAt = Date.now();
    this.options.tell(account);
  }

  looks() {
    if (this.state !== "ready") return this.state;
    if (this.isSpeaking) return "speaking";
    if (this.voice && (!this.voice.on || this.voice.quiet)) return "silent";
    return this.voice && this.voice.speaker && !this.turns.mine() ? "other" : "ready";
  }

  async go() {
    if (this.isSpeaking || this.isTrying || this.state !== "ready" || !this.voice) return;
    if (Date.now() - this.options.heardAt() > CUT_MS) return;
    const turn = this.turns.next(this.voice.times);
    if (!turn) return;
    this.isSpeaking = true;
    this.report();
    try {
      await this.speak(turn);
      this.turns.done();
    } catch (error) {
      this.failed(error);
    }
    this.isSpeaking = false;
    this.report();
    if (this.turns.line.length && this.turns.mine()) this.go();
    else this.player.rest();
  }

  failed(error) {
    if (error instanceof Blocked) {
      this.turns.back();
      this.state = "blocked";
      this.triedAt = Date.now();
      return;
    }
    this.turns.done();
    if (!(error instanceof Missing)) throw error;
  }

  /* Every clip is there before the first is heard: half a number would call somebody else. Then the chime alone says
     that there is something to read. */
  async speak(turn) {
    const speed = this.voice.speed / 100;
    const chime = this.voice.chime ? await this.player.load(this.voice.chime, 1).catch(() => null) : null;
    let said = [];
    try {
      said = await this.sentences(turn.announcement, speed);
    } catch (error) {
      if (!(error instanceof Missing) || !chime) throw error;
    }
    const sounds = chime ? [{ buffer: chime, gap: CHIME_GAP_S }] : [];
    for (let time = 0; time < turn.times; time += 1) {
      if (time && said.length) sounds[sounds.length - 1].gap += REPEAT_GAP_S;
      said.forEach((sound) => sounds.push({ buffer: sound.buffer, gap: sound.gap }));
    }
    this.player.setVolume(this.voice.volume);
    await this.player.play(sounds);
    await pause(300);
  }

  async sentences(announcement, speed) {
    const sounds = [];
    for (const part of announcement.parts) {
      const buffers = await Promise.all(part.clips.map((source) => this.player.load(source, speed)));
      buffers.forEach((buffer) => sounds.push({ buffer, gap: part.gap_ms / 1000 / speed }));
      if (sounds.length) sounds[sounds.length - 1].gap += PART_GAP_S;
    }
    return sounds;
  }
}

/* "/static/voice/en/digit-1.mp3?v=0f…" → "en/digit-1.mp3" */
function shortName(url) {
  return url.split("?")[0].split("/").slice(-3).join("/").slice(-100);
}
