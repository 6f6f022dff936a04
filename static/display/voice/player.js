/* Plays clips one after another through Web Audio. It knows nothing of calls. */
import { stretch } from "./stretch.js";

const LOAD_MS = 8000;
// clips of every letter, digit and number in two languages are fewer
const MOST_KEPT = 200;
// leave to play is given at once or not at all; a television's loudspeaker may have to wake up first
const ASK_MS = 1000;
const OPEN_MS = 4000;
// a sound that has not ended so long after it should have: the machine took our audio away
const LATE_MS = 3000;
const LEAD_S = 0.05;

export class Blocked extends Error {}
export class Missing extends Error {}
export class Stopped extends Error {}

export class Player {
  constructor() {
    const Context = window.AudioContext || window.webkitAudioContext;
    this.context = Context ? new Context() : null;
    this.gain = null;
    if (this.context) {
      this.gain = this.context.createGain();
      this.gain.connect(this.context.destination);
    }
    this.kept = new Map();
    this.missing = {};
    this.playing = [];
    this.stopping = null;
    this.wasAllowed = false;
    this.turn = 0;
  }

  /* True when the browser lets us be heard; false until somebody has touched the page. To be called from the touch
     itself: then the asking counts as the reader's own. */
  async isAllowed() {
    if (!this.context) return false;
    // also while it seems to run: an earlier rest may be about to take effect
    const opened = this.nudge();
    // without leave it never ends, and a loudspeaker that slept takes its time
    await within(this.wasAllowed ? OPEN_MS : ASK_MS, opened).catch(() => {});
    const allowed = this.context.state === "running";
    this.wasAllowed = this.wasAllowed || allowed;
    return allowed;
  }

  nudge() {
    return Promise.resolve(this.context.resume());
  }

  /* Nothing is to be said for a while: an open line to the loudspeaker costs power. */
  rest() {
    if (this.context && this.context.state === "running") this.context.suspend().catch(() => {});
  }

  /* A new announcement: the word that its parts bear, until stop() takes it away. */
  begin() {
    this.turn += 1;
    return this.turn;
  }

  /* Throws Stopped when it was stopped meanwhile. */
  check(turn) {
    if (turn !== this.turn) throw new Stopped();
  }

  setVolume(percent) {
    // by loudness: half as loud is 10 dB less
    if (!this.gain) return;
    this.gain.gain.cancelScheduledValues(0);
    this.gain.gain.setValueAtTime(Math.pow(percent / 100, 1.66), this.context.currentTime);
  }

  /* The sound of a clip: [address, another to use if that one cannot be had]. Throws Missing. */
  async load(source, speed) {
    for (const url of source) {
      if (!url) continue;
      const key = url + "@" + speed;
      const had = this.kept.get(key);
      if (had) {
        // least recently used first
        this.kept.delete(key);
        this.kept.set(key, had);
        return had;
      }
      const found = await this.fetched(url, speed).catch(() => null);
      if (found) {
        delete this.missing[url];
        this.kept.set(key, found);
        if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value);
        return found;
      }
      this.missing[url] = true;
    }
    throw new Missing(source[0]);
  }

  async fetched(url, speed) {
    const bytes = await within(LOAD_MS, fetch(url, { credentials: "same-origin" }).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.arrayBuffer();
    }));
    // the older form: a TV's browser may know no promises here
    const sound = await within(LOAD_MS, new Promise((resolve, reject) => this.context.decodeAudioData(bytes, resolve, reject)));
    return this.paced(sound, speed);
  }

  paced(sound, speed) {
    if (Math.abs(speed - 1) < 0.01) return sound;
    const samples = stretch(sound.getChannelData(0), sound.sampleRate, speed);
    const slower = this.context.createBuffer(1, samples.length, sound.sampleRate);
    slower.getChannelData(0).set(samples);
    return slower;
  }

  /* Plays sounds, each {buffer, gap}: seconds of silence after it. Ends when all were heard; throws Blocked or Stopped. */
  async play(turn, sounds, volume) {
    if (!(await this.isAllowed())) throw new Blocked();
    this.check(turn);
    this.setVolume(volume);
    let at = this.context.currentTime + LEAD_S;
    sounds.forEach((sound) => {
      const node = this.context.createBufferSource();
      node.buffer = sound.buffer;
      node.connect(this.gain);
      node.start(at);
      at += sound.buffer.duration + sound.gap;
      this.playing.push(node);
    });
    const last = this.playing[this.playing.length - 1];
    if (!last) return;
    const length = (at - this.context.currentTime) * 1000;
    const ended = new Promise((resolve) => {
      last.onended = resolve;
      this.stopping = resolve;
    });
    const inTime = await within(length + LATE_MS, ended).then(() => true, () => false);
    this.clear();
    this.check(turn);
    if (!inTime) throw new Blocked();
  }

  /* What is being played, or about to be, stops. */
  stop() {
    this.turn += 1;
    const stopping = this.stopping;
    // cut off at full swing a voice would click
    if (this.gain) this.gain.gain.setTargetAtTime(0, this.context.currentTime, 0.01);
    setTimeout(() => {
      if (stopping !== this.stopping) return;
      this.clear();
      if (stopping) stopping();
    }, 60);
  }

  clear() {
    this.playing.forEach((node) => {
      node.onended = null;
      try {
        node.stop();
      } catch (error) {
        // it never began
      }
      node.disconnect();
    });
    this.playing = [];
    this.stopping = null;
  }
}

export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function within(ms, promise) {
  let timer = null;
  const late = new Promise((resolve, reject) => {
    timer = setTimeout(() => reject(new Error("late")), ms);
  });
  const done = () => clearTimeout(timer);
  promise.then(done, done);
  return Promise.race([promise, late]);
}
