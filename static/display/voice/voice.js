/* The board's voice: takes the states, speaks when this screen is the one that may, and tells the server how it fares. */
import { serverNow } from "../../js/format.js";
import { Blocked, Missing, Player, Stopped, pause } from "./player.js";
import { Turns } from "./turns.js";

const REPORT_MS = 3000;
const RETRY_MS = 20000;
// so long after the last word the loudspeaker is let go
const REST_MS = 30000;
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
    this.state = options.wanted ? "starting" : "silent";
    this.isSpeaking = false;
    this.isTrying = false;
    this.voice = null;
    this.told = "";
    this.triedAt = 0;
    this.toldAt = 0;
    this.spokeAt = 0;
  }

  /* Finds out whether the browser lets us be heard. */
  async start() {
    if (!this.options.wanted) return;
    this.player = new Player();
    if (this.player.context) await this.unlock();
    else this.become("off");
  }

  /* Also from a touch: only then may some browsers begin. */
  async unlock() {
    if (!this.player || !this.player.context || this.isSpeaking) return;
    if (this.isTrying) {
      // the touch must not be lost on the one who waits already
      this.player.nudge().catch(() => {});
      return;
    }
    this.isTrying = true;
    this.triedAt = performance.now();
    const allowed = await this.player.isAllowed();
    this.isTrying = false;
    this.spokeAt = performance.now();
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
    if (this.state === "blocked" && performance.now() - this.triedAt > RETRY_MS) this.unlock();
    if (this.isSpeaking && performance.now() - this.toldAt > REPORT_MS) this.report(true);
    const isIdle = this.state === "ready" && !this.isSpeaking && !this.isTrying;
    if (isIdle && performance.now() - this.spokeAt > REST_MS) this.player.rest();
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
    // of what somebody else has said the server knows already
    const words = JSON.stringify(this.turns.mine() ? account : Object.assign({}, account, { said: 0 }));
    this.options.show(this.looks());
    if (words === this.told && !always) return;
    this.told = words;
    this.toldAt = performance.now();
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
    try {
      this.report();
      await this.speak(turn);
      this.turns.done();
    } catch (error) {
      this.failed(error);
    } finally {
      this.isSpeaking = false;
      this.spokeAt = performance.now();
    }
    this.report();
    this.go();
  }

  failed(error) {
    if (error instanceof Blocked) {
      this.turns.back();
      this.state = "blocked";
      this.triedAt = performance.now();
    } else if (error instanceof Stopped) {
      // taken back, or another's turn now: whoever speaks goes on with it
      this.turns.back();
    } else {
      this.turns.done();
      // a fault of ours must not silence the room: the next call is tried as ever
      if (!(error instanceof Missing)) console.error(error);
    }
  }

  /* Every clip is there before the first is heard: half a number would call somebody else. Then the chime alone says
     that there is something to read. */
  async speak(turn) {
    const voice = this.voice;
    const run = this.player.begin();
    const chime = voice.chime ? await this.player.load(voice.chime, 1).catch(() => null) : null;
    let said = [];
    try {
      said = await this.sentences(turn.announcement, voice.speed / 100);
    } catch (error) {
      if (!(error instanceof Missing) || !chime) throw error;
    }
    const sounds = chime ? [{ buffer: chime, gap: CHIME_GAP_S }] : [];
    // only a call is worth repeating
    const times = turn.announcement.kind === "call" ? turn.times : 1;
    for (let time = 0; time < times; time += 1) {
      if (time && said.length) sounds[sounds.length - 1].gap += REPEAT_GAP_S;
      said.forEach((sound) => sounds.push({ buffer: sound.buffer, gap: sound.gap }));
    }
    await this.player.play(run, sounds, voice.volume);
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
