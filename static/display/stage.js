/* Which call stands in the big place. Several within a second each get their time there, one after another (look.hold_s),
   and each is marked as new for a while (look.mark_s); the list beside it is always true at once. No drawing here, and no clock of its own: times are server milliseconds. */
export const FRESH_MS = 20000;

/* Invited or at the counter: the number may still be looked for. */
function isOpen(call) {
  return call.state === "called" || call.state === "serving";
}

export class Stage {
  constructor() {
    this.holdMs = 0;
    this.markMs = 0;
    this.turns = 0;
    this.begin(null);
  }

  begin(epoch) {
    this.epoch = epoch;
    this.seen = 0;
    this.calls = [];
    this.line = [];
    this.marks = {};
    this.shown = null;
    this.since = -Infinity;
  }

  /* A newer state. A call is announced once, and only while it is fresh: after a cut line the list is caught up in silence. */
  take(state, now) {
    this.holdMs = state.look.hold_s * 1000;
    this.markMs = state.look.mark_s * 1000;
    if (state.epoch !== this.epoch) this.begin(state.epoch);
    this.turnBack(now);
    const fresh = state.calls.filter((call) => this.isNews(call, now)).reverse();
    const again = fresh.map((call) => call.number);
    this.calls = state.calls;
    this.seen = state.calls.reduce((most, call) => Math.max(most, call.call_seq), this.seen);
    this.line = this.line.filter((number) => again.indexOf(number) < 0).concat(again);
    this.marks = this.stillMarked(now);
    again.forEach((number) => { this.marks[number] = now; });
    this.step(now);
  }

  isNews(call, now) {
    return call.call_seq > this.seen && call.state === "called" && now - Date.parse(call.at) <= FRESH_MS;
  }

  /* Somebody set the server's clock back: by the new one, what was noted would lie ahead, and stand until that time comes. */
  turnBack(now) {
    this.since = Math.min(this.since, now);
    Object.keys(this.marks).forEach((number) => { this.marks[number] = Math.min(this.marks[number], now); });
  }

  stillMarked(now) {
    const kept = {};
    Object.keys(this.marks).forEach((number) => {
      if (now - this.marks[number] < this.markMs) kept[number] = this.marks[number];
    });
    return kept;
  }

  find(number) {
    return this.calls.find((call) => call.number === number && isOpen(call)) || null;
  }

  /* Moves on when it is time to; a call that was taken back or is over leaves at once. */
  step(now) {
    this.turnBack(now);
    this.line = this.line.filter((number) => this.find(number));
    if (!this.shown || !this.find(this.shown)) {
      this.shown = null;
      this.since = -Infinity;
    }
    if (this.line.length && now - this.since >= this.holdMs) {
      this.shown = this.line.shift();
      this.since = now;
      this.turns += 1;
    }
    if (!this.shown) {
      const newest = this.calls.find(isOpen);
      this.shown = newest ? newest.number : null;
    }
  }

  /* The call in the big place, as the newest state has it, or null. */
  current() {
    return this.shown ? this.find(this.shown) : null;
  }

  /* Another number with each announcement in the big place. */
  announced() {
    return this.turns;
  }

  isNew(now) {
    return now - this.since < this.markMs;
  }

  isMarked(number, now) {
    return number in this.marks && now - this.marks[number] < this.markMs;
  }

  /* True while any call is marked: whatever moves elsewhere on the screen rests. */
  isMarking(now) {
    return Object.keys(this.marks).some((number) => this.isMarked(number, now)) || this.isNew(now);
  }
}
