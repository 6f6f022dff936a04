/* A pressed ticket is never lost and never doubled: its key is kept on this kiosk until its number has been shown,
   so a dropped line, a restarted server or a reloaded page asks again for the same ticket. */
import { deed, settle } from "../js/api.js";
import { language } from "../js/texts.js";

const SLOT = "denluot.kiosk.pending";
// whoever pressed has walked away by then; what the server has already issued stays valid
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
    const pending = JSON.parse(localStorage.getItem(SLOT));
    return pending && Date.now() - pending.at < GIVE_UP_MS && Date.now() >= pending.at ? pending : null;
  } catch (error) {
    return null;
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
    if (pending) this.send(pending, deed("POST", "/api/v1/tickets", pending.body, pending.key));
    else write(null);
  }

  async send(pending, oneDeed) {
    this.pending = pending;
    write(pending);
    try {
      const answer = await settle(oneDeed, {
        onWaiting: () => this.isCurrent(pending) && this.handlers.onWaiting(),
        stop: () => !this.isCurrent(pending) || Date.now() - pending.at > GIVE_UP_MS,
      });
      if (!this.isCurrent(pending)) return this.withdraw(answer);
      this.pending = null;
      this.handlers.onTicket(answer, pending.body);
    } catch (error) {
      if (!this.isCurrent(pending)) return;
      this.abandon();
      this.handlers.onRefused(error);
    }
  }

  isCurrent(pending) {
    return this.pending === pending;
  }

  abandon() {
    this.pending = null;
    write(null);
  }

  /* Given up just before the answer came: nobody will stand in line with this number. */
  withdraw(answer) {
    deed("POST", "/api/v1/tickets/" + answer.token + "/cancel").send().catch(() => {});
  }

  /* The number has been seen. */
  done() {
    write(null);
  }
}
