/* A ticket whose code was shown to the scanner: where it stands, a further paper, and joining again after a missed call. */
import { el, fill } from "../js/dom.js";
import { t, inLanguage } from "../js/texts.js";
import { deed, get } from "../js/api.js";
import { digits } from "../js/digits.js";
import { estimateText } from "../js/format.js";
import { paperState } from "./number.js";
import { aheadText, paperPlace, printerTrouble } from "./wording.js";
import { settledAfter } from "./view.js";

const ASK_MS = 1000;
const SECONDS = 30;
const OVER = ["finished", "cancelled", "expired"];

function standing(ticket) {
  if (ticket.state === "waiting") return aheadText(ticket.ahead);
  if (ticket.state === "called") return t("Please go to counter {n}", { n: ticket.counter });
  if (ticket.state === "serving") return t("Being served at counter {n}", { n: ticket.counter });
  if (ticket.state === "no_show") return t("You were called and were not here.");
  if (ticket.state === "parked") return t("Set aside by an officer. You will be called again.");
  return t("This number is no longer in the queue.");
}

function range(ticket) {
  return ticket.state === "waiting" && t("Waiting time: {range}", { range: estimateText(ticket.estimate) });
}

function paperWords(print) {
  const state = paperState(print);
  if (state === "printed") return paperPlace(print.elsewhere, true);
  if (state === "trouble") return printerTrouble(print.cause);
  return t("Printing your slip…");
}

export class ShownTicket {
  /* canPrint: there is a printer; onDone() goes back to the start. */
  constructor(token, canPrint, onDone) {
    this.token = token;
    this.canPrint = canPrint;
    this.onDone = onDone;
    this.ready = settledAfter(800);
    this.until = Date.now() + SECONDS * 1000;
    this.node = el("section", { class: "message message-shown" }, el("h1", null, t("One moment…")));
    this.node.addEventListener("pointerdown", () => { this.until = Date.now() + SECONDS * 1000; });
    this.clock = setInterval(() => this.tick(), ASK_MS);
    this.look();
  }

  get url() {
    return "/api/v1/tickets/" + this.token;
  }

  async look() {
    try {
      this.learn(await get(this.url, 4000));
    } catch (error) {
      if (!error.code) throw error;
      this.refused(error);
    }
  }

  learn(ticket) {
    this.ticket = ticket;
    this.error = "";
    this.draw();
  }

  refused(error) {
    this.error = error.detail || t("The server did not answer.");
    this.draw();
  }

  draw() {
    const { ticket } = this;
    const asked = this.printing && ticket;
    fill(this.node,
      ticket ? el("h1", null, t("Number"), " ", digits(ticket.number, "shown-number")) : el("h1", null, t("This code cannot be read")),
      ticket && el("p", { class: "shown-service" }, inLanguage(ticket.service, "name")),
      ticket && el("p", { class: "lead" }, standing(ticket)),
      ticket && range(ticket) && el("p", null, range(ticket)),
      asked && el("p", { class: "notice", role: "status" }, paperWords(ticket.print)),
      this.error && el("p", { class: "notice notice-error", role: "alert" }, this.error),
      el("div", { class: "shown-actions" },
        ticket && ticket.may.rejoin && this.button(t("Wait again"), true, () => this.send(this.url + "/rejoin", {})),
        this.mayPrint() && this.button(t("Print my slip again"), !ticket.may.rejoin, () => this.print()),
        this.button(t("Done"), false, () => this.finish())));
  }

  mayPrint() {
    const { ticket } = this;
    return this.canPrint && ticket && !this.printing && OVER.indexOf(ticket.state) < 0;
  }

  button(words, main, action) {
    return el("button", {
      type: "button", class: "button" + (main ? " button-primary" : " back"), disabled: this.busy,
      onclick: () => this.ready() && !this.busy && action(),
    }, words);
  }

  print() {
    this.printing = true;
    return this.send("/api/v1/kiosk/reprint", { ticket: this.token });
  }

  async send(url, body) {
    this.busy = true;
    this.draw();
    try {
      this.learn(await deed("POST", url, body).send());
    } catch (error) {
      if (!error.code) throw error;
      this.printing = false;
      this.refused(error);
    }
    this.busy = false;
    this.draw();
  }

  tick() {
    if (Date.now() > this.until) return this.finish();
    if (this.printing && this.ticket && paperState(this.ticket.print) !== "printed") this.look();
    return undefined;
  }

  finish() {
    clearInterval(this.clock);
    this.onDone();
  }
}
