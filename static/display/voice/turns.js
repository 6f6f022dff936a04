/* What this screen says and when: the announcements of a room, one after another. No sound in here, and no clock of
   its own: times are server milliseconds. The server names the one screen of a room that speaks. */

/* A call that is older when this screen first hears of it is no news any more: the line was cut, or the page is new. */
export const FRESH_MS = 20000;
/* So many wait: each is said once only, so that nobody's call comes minutes late. */
export const CROWD = 3;

export class Turns {
  constructor(name) {
    this.name = name;
    this.epoch = null;
    this.begin(null);
  }

  begin(epoch) {
    this.epoch = epoch;
    this.said = 0;
    this.speaker = null;
    this.line = [];
    this.known = {};
    this.current = null;
    this.wanted = [];
  }

  /* A newer state; cutOff: it came over HTTP, for the line is cut. Gives true when the announcement that is being spoken
     must stop: its number is not called any more, or another screen speaks now. */
  take(state, now, cutOff) {
    if (state.epoch !== this.epoch) this.begin(state.epoch);
    const voice = state.voice;
    // the server counts only those on the line: where there is nobody else, this one goes on
    if (voice.speaker !== null || !cutOff) this.speaker = voice.speaker;
    // whoever spoke has said so much: this screen may be the next to speak
    if (!this.mine()) this.said = Math.max(this.said, voice.said || 0);
    this.wanted = voice.say.map((one) => one.seq);
    const wanted = voice.say.filter((one) => one.seq > this.said);
    const known = {};
    wanted.forEach((one) => { known[one.seq] = this.known[one.seq] || this.judge(one, now); });
    this.known = known;
    this.line = wanted.filter((one) => known[one.seq] === "fresh" && !(this.current && this.current.seq === one.seq));
    // what is too old here is left out for good, but only by the one whose turn it would be
    if (this.mine()) this.skip();
    return Boolean(this.current) && (!this.mine() || !this.isWanted());
  }

  judge(one, now) {
    return now - Date.parse(one.at) <= FRESH_MS ? "fresh" : "stale";
  }

  skip() {
    const stale = Object.keys(this.known).map(Number).filter((seq) => this.known[seq] === "stale");
    const least = this.line.concat(this.current || []).reduce((low, one) => Math.min(low, one.seq), Infinity);
    stale.filter((seq) => seq < least).forEach((seq) => { this.said = Math.max(this.said, seq); });
  }

  mine() {
    return this.speaker !== null && this.speaker === this.name;
  }

  /* The next announcement and how often it is said, or null. */
  next(times) {
    if (this.current || !this.line.length || !this.mine()) return null;
    const crowded = this.line.length >= CROWD;
    this.current = this.line.shift();
    return { announcement: this.current, times: crowded ? 1 : times };
  }

  /* The current one is still to be heard: by somebody else, if not by us. */
  isWanted() {
    return this.wanted.indexOf(this.current.seq) >= 0;
  }

  /* The current one is over: said, or impossible. It does not come again. */
  done() {
    if (this.current) this.said = Math.max(this.said, this.current.seq);
    this.current = null;
  }

  /* It was not said to the end: it keeps its place, for this screen or the next one that speaks. */
  back() {
    if (this.current && this.isWanted()) this.line.unshift(this.current);
    this.current = null;
  }
}
