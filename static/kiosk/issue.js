/* A pressed ticket is never lost and never doubled: its key is kept on this kiosk until its number has been shown,
   so a dropped line, a restarted server or a reloaded page asks again for the same ticket. */
import { deed, settle } from "../js/api.js";
import { language } from "../js/texts.js";

const SLOT = "denluot.kiosk.pending";
const GIVEN_UP = "denluot.kiosk.given-up";
// whoever pressed has walked away by then
const GIVE_UP_MS = 180000;

function write(pending) {
  try {
    if (pending) localStorage.setItem(SLOT, JSON.stringify(pending));
    else localStorage.removeItem(SLOT);
  } catch (error) {
    // storage switched off: the key then lives as long as the page
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(SLOT));
  } catch (error) {
    return null;
  }
}

/* The keys of presses that were given up without an answer: their numbers, if any were given out, are taken back. */
function givenUp() {
  try {
    return JSON.parse(localStorage.getItem(GIVEN_UP)) || [];
  } catch (error) {
    return [];
  }
}

function keepGivenUp(keys) {
  try {
    localStorage.setItem(GIVEN_UP, JSON.stringify(keys.slice(-20)));
  } catch (error) {
    // storage switched off: an officer will find that nobody comes
  }
}

export class Issue {
  /* handlers: onWaiting(), onTicket(answer, what was asked for), onRefused(ApiError) */
  constructor(handlers) {
    this.handlers = handlers;
    this.pending = null;
  }

  get sending() {
    return this.pending !== null;
  }

  take(service, priority, paper) {
    const body = { service: service.code, language: language() };
    if (priority) body.priority = priority;
    if (!paper) body.paper = false;
    const fresh = deed("POST", "/api/v1/tickets", body);
    this.send({ key: fresh.key, body, at: Date.now() }, fresh);
  }

  /* After a reload: the press that had no answer yet, or whose number was still on the screen. */
  resume() {
    const pending = read();
    const age = pending ? Date.now() - pending.at : 0;
    if (pending && age >= 0 && age < GIVE_UP_MS) this.send(pending, deed("POST", "/api/v1/tickets", pending.body, pending.key));
    else if (pending && !pending.shown) this.giveUp(pending);
    else write(null);
    if (!this.pending) this.withdrawAll();
  }

  async send(pending, oneDeed) {
    this.pending = pending;
    write(pending);
    try {
      const answer = await settle(oneDeed, {
        onWaiting: () => this.isCurrent(pending) && this.handlers.onWaiting(),
        stop: () => !this.isCurrent(pending) || Date.now() - pending.at > GIVE_UP_MS,
      });
      if (!this.isCurrent(pending)) return this.withdrawAll();
      this.pending = null;
      // from here on somebody has seen it, and it is not taken back
      write(Object.assign({ shown: true }, pending));
      this.handlers.onTicket(answer, pending.body);
    } catch (error) {
      if (!this.isCurrent(pending)) return this.withdrawAll();
      if (error.unsettled) this.giveUp(pending);
      else this.abandon();
      this.withdrawAll();
      this.handlers.onRefused(error);
    }
  }

  isCurrent(pending) {
    return this.pending === pending;
  }

  /* Refused, so that there is nothing to take back. */
  abandon() {
    this.pending = null;
    write(null);
  }

  /* Nobody waits for the answer any more: should a number have been given out, it is taken back as soon as
     nothing of the press can be on its way any more. */
  giveUp(pending) {
    const given = pending || this.pending;
    this.abandon();
    if (given) keepGivenUp(givenUp().concat([given.key]));
  }

  /* Again whenever the server is there, until it has answered for each key. */
  async withdrawAll() {
    if (this.withdrawing || this.pending) return;
    this.withdrawing = true;
    try {
      for (let keys = givenUp(); keys.length; keys = givenUp()) {
        const key = keys[0];
        await deed("POST", "/api/v1/kiosk/withdraw", { key }).send();
        keepGivenUp(givenUp().filter((one) => one !== key));
      }
    } catch (error) {
      if (!error.code) throw error;
    } finally {
      this.withdrawing = false;
    }
  }

  /* The number has been seen. */
  done() {
    write(null);
  }
}
