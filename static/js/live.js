/* The live client of every screen. The server sends whole states, so a message may be lost, repeated or late:
   this keeps the newest one, and when the line is silent it says so and reads the same state over HTTP. */
import { get, isPractice } from "./api.js";
import { setServerNow } from "./format.js";

const SILENCE_MS = 15000;
const POLL_MS = 4000;
const WATCH_MS = 1000;
// a server that restarts is back within this: no screen should cry out for that
const BLINK_MS = 2500;
const SLEPT_MS = 12000;

/* connect({surface, auth, url, first, onState, onStatus, onRefused}) → {state, status, heardAt, refresh, isOnLine, send, close}
   surface   "kiosk", "board", "counter", "overview", "ticket": the event to listen for
   auth      more of the handshake: {zone}, {counter}, {ticket}; or a function that gives it anew for each connection
   url       the same state over HTTP
   first     the state the page came with
   onState   (state) whenever a newer one is shown
   onStatus  ("live" | "stale" | "lost", {lastAt}) on each change: "stale" = no message for 15 s but HTTP answers,
             "lost" = the server does not answer at all; lastAt is when (Date.now) anything was last heard
   onRenew   () when the server wants this screen to load its page anew
   onRefused (ApiError) when the server no longer lets this screen see the state, e.g. a revoked device */
export function connect(options) {
  const link = new Link(options);
  link.start();
  return {
    state: () => link.state,
    status: () => link.status,
    heardAt: () => link.answeredAt,
    refresh: () => link.poll(),
    isOnLine: () => Boolean(link.socket) && link.socket.connected,
    // to the server, if there is a line just now
    send: (name, data) => link.send(name, data),
    close: () => link.close(),
  };
}

class Link {
  constructor(options) {
    this.options = options;
    this.state = options.first || null;
    this.status = "live";
    this.heardAt = Date.now();
    this.answeredAt = this.heardAt;
    this.lookedAt = this.heardAt;
    this.polledAt = 0;
    this.misses = 0;
    this.missedAt = 0;
    this.behind = 0;
    this.polling = false;
    this.redialled = false;
    this.socket = null;
    this.watch = null;
  }

  start() {
    // practice has no line of its own: nobody but this page changes anything in it
    if (typeof window.io === "function" && !isPractice()) this.open();
    else if (!isPractice()) this.heardAt = 0;
    this.watch = setInterval(() => this.look(), WATCH_MS);
    window.addEventListener("online", () => this.poll());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.poll();
    });
  }

  open() {
    const { surface, auth } = this.options;
    this.socket = window.io({
      transports: ["websocket", "polling"],
      auth: (give) => give(Object.assign({ surface }, typeof auth === "function" ? auth() : auth)),
      reconnectionDelay: 500,
      reconnectionDelayMax: 4000,
      timeout: 8000,
    });
    this.socket.on(surface, (state) => { this.heard(); this.take(state); });
    this.socket.on("beat", (beat) => { this.heard(); this.compare(beat); });
    this.socket.on("renew", () => { if (this.options.onRenew) this.options.onRenew(); });
    this.socket.on("disconnect", () => this.poll());
  }

  heard() {
    this.heardAt = Date.now();
    this.answeredAt = this.heardAt;
    this.misses = 0;
    this.redialled = false;
    this.tell("live");
  }

  take(state) {
    const shown = this.state;
    if (!state || (shown && shown.epoch === state.epoch && state.seq < shown.seq)) return;
    this.state = state;
    this.behind = 0;
    if (state.now) setServerNow(state.now);
    this.options.onState(state);
  }

  /* An answer may have been overtaken by what came over the line meanwhile. Time alone changes states too: of two with
     the same seq the later one is true. */
  takePolled(state) {
    const shown = this.state;
    const isLive = Boolean(this.socket) && this.socket.connected;
    const isSame = shown && shown.epoch === state.epoch;
    if (isLive && isSame && (state.seq < shown.seq || (state.seq === shown.seq && state.now <= shown.now))) return;
    this.take(state);
  }

  /* A beat that is ahead of what is shown twice running means a state was lost on the way. */
  compare(beat) {
    if (beat.now) setServerNow(beat.now);
    const shown = this.state;
    const ahead = !shown || beat.epoch !== shown.epoch || beat.seq > shown.seq;
    this.behind = ahead ? this.behind + 1 : 0;
    if (this.behind > 1 || (shown && beat.epoch !== shown.epoch)) this.poll();
  }

  /* Somebody set this screen's clock back: by the new one, what was noted would lie ahead, and no silence be noticed. */
  turnBack(ms) {
    this.heardAt -= ms;
    this.answeredAt -= ms;
    this.polledAt -= ms;
    this.missedAt -= ms;
  }

  look() {
    const now = Date.now();
    if (now < this.lookedAt) this.turnBack(this.lookedAt - now);
    this.lookedAt = now;
    const silent = now - this.heardAt >= SILENCE_MS;
    const down = !this.socket || !this.socket.connected;
    if ((silent || down) && now - this.polledAt >= POLL_MS) {
      this.poll();
      // socket.io does not dial again by itself after the server hung up or refused it
      if (this.socket && !this.socket.active) this.socket.connect();
    }
    if (silent) this.tell(this.unanswered() ? "lost" : "stale");
    else if (down && this.unanswered()) this.tell("lost");
    if (silent && !down && !this.redialled) this.redial();
  }

  /* A half-open line can look connected for a minute: hang up and dial again. */
  redial() {
    this.redialled = true;
    this.socket.disconnect().connect();
  }

  unanswered() {
    return this.misses > 1 && Date.now() - this.missedAt >= BLINK_MS;
  }

  async poll() {
    if (this.polling) return;
    this.polling = true;
    const askedAt = this.polledAt = Date.now();
    try {
      const state = await get(this.options.url);
      // nobody waits so long for an answer: the computer slept meanwhile, and what it says is of before
      if (Math.abs(Date.now() - askedAt) > SLEPT_MS) return;
      this.takePolled(state);
      this.answeredAt = Date.now();
      this.misses = 0;
      if (isPractice()) this.heard();
      if (this.status === "lost") this.tell("stale");
    } catch (error) {
      this.missed(error);
    } finally {
      this.polling = false;
    }
  }

  missed(error) {
    if (!error.code) throw error;
    if ([401, 403, 404, 410].indexOf(error.status) >= 0) {
      if (this.options.onRefused) this.options.onRefused(error);
      return;
    }
    if (this.misses === 0) this.missedAt = Date.now();
    this.misses += 1;
  }

  send(name, data) {
    if (this.socket && this.socket.connected) this.socket.emit(name, data);
  }

  tell(status) {
    if (status === this.status) return;
    this.status = status;
    if (this.options.onStatus) this.options.onStatus(status, { lastAt: this.answeredAt });
  }

  close() {
    clearInterval(this.watch);
    if (this.socket) this.socket.disconnect();
  }
}
