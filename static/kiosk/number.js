/* The last screen: number and QR always, whatever the printer does, and what the printer really did. */
import { el, setText } from "../js/dom.js";
import { t } from "../js/texts.js";
import { digits, setDigits } from "../js/digits.js";
import { estimateText } from "../js/format.js";
import { get } from "../js/api.js";
import { aheadText, nameParts, noPaper, paperPlace, printerTrouble, stillValid, where } from "./wording.js";
import { settledAfter } from "./view.js";

const ASK_MS = 700;
const SLOW_MS = 10000;
const TROUBLE_S = 30;

/* "none" (no printer), "printing", "printed" or "trouble" */
export function paperState(print) {
  if (!print) return "none";
  if (print.state === "printed") return "printed";
  if (print.state === "failed" || print.state === "unknown") return "trouble";
  return print.cause && print.cause !== "paper_near_end" ? "trouble" : "printing";
}

export class NumberScreen {
  /* service may be undefined when the list changed meanwhile; onDone() goes back to the start. */
  constructor(ticket, service, options) {
    this.ticket = ticket;
    this.options = options;
    this.ready = settledAfter(800);
    this.startedAt = Date.now();
    this.print = ticket.print;
    this.extend(options.seconds);
    this.node = this.build(service);
    this.showPaper();
    this.clock = setInterval(() => this.tick(), 250);
    this.asking = setInterval(() => this.ask(), ASK_MS);
    this.node.addEventListener("pointerdown", () => this.extend(options.seconds * 2));
  }

  build(service) {
    const number = digits(this.ticket.number, this.ticket.number.length > 4 ? "number number-long" : "number");
    this.paper = el("p", { class: "paper" });
    this.left = digits("", "left");
    this.paperLine = el("div", { class: "paper-line", role: "status" }, this.paper);
    return el("section", { class: "result" },
      el("div", { class: "slip-window" }, el("div", { class: "slip-slot", "aria-hidden": "true" }),
        el("div", { class: "slip" },
          el("div", { class: "slip-main" },
            el("h1", { class: "slip-label" }, t("Your number"), " ", number),
            service && el("p", { class: "slip-service" }, nameParts(service).map((part) => [el("span", { class: "part" }, part), " "])),
            service && el("p", { class: "slip-where" }, where(service))),
          this.ticket.url && this.code())),
      el("div", { class: "result-words" },
        el("p", { class: "ahead" }, aheadText(this.ticket.ahead)),
        el("p", { class: "range" }, t("Waiting time: {range}", { range: estimateText(this.ticket.estimate) })),
        this.paperLine),
      el("div", { class: "result-actions" },
        el("button", { type: "button", class: "button button-primary done", onclick: () => this.done() }, t("Done"), " ", this.left),
        el("p", { class: "soft" }, t("Touch the screen to keep it longer"))));
  }

  code() {
    return el("figure", { class: "qr" },
      el("img", { src: "/api/v1/tickets/" + this.ticket.token + "/qr.svg", alt: t("QR code of your ticket's page"), draggable: "false" }),
      el("figcaption", null, t("Scan to follow your turn")));
  }

  showPaper() {
    const state = paperState(this.print);
    const slow = state === "printing" && Date.now() - this.startedAt > SLOW_MS;
    const valid = stillValid(Boolean(this.ticket.url));
    const words = {
      none: () => (this.options.unwanted ? "" : noPaper() + " ") + valid,
      printing: () => (slow ? t("The printer is slow.") + " " + valid : paperPlace(this.print.elsewhere, false)),
      printed: () => paperPlace(this.print.elsewhere, true),
      trouble: () => printerTrouble(this.print.cause) + " " + valid,
    }[state]();
    this.paperLine.className = "paper-line paper-" + (slow ? "trouble" : state);
    this.node.setAttribute("data-paper", state);
    setText(this.paper, words);
  }

  async ask() {
    if (paperState(this.print) === "printed" || paperState(this.print) === "none" || this.waiting) return;
    this.waiting = true;
    try {
      const state = await get("/api/v1/tickets/" + this.ticket.token, 3000);
      if (state.print) this.learn(state.print);
    } catch (error) {
      // the number stands on the screen; only the printer's word is missing, and the next question may bring it
    }
    this.waiting = false;
    this.showPaper();
  }

  learn(print) {
    const before = paperState(this.print);
    this.print = print;
    const now = paperState(print);
    if (now === before) return;
    this.extend(now === "trouble" ? TROUBLE_S : this.options.seconds);
  }

  /* Never shortens what was promised. */
  extend(seconds) {
    this.until = Math.max(this.until || 0, Date.now() + seconds * 1000);
  }

  tick() {
    const seconds = Math.ceil((this.until - Date.now()) / 1000);
    setDigits(this.left, String(Math.max(seconds, 0)));
    if (seconds <= 0) this.finish();
  }

  done() {
    if (this.ready()) this.finish();
  }

  finish() {
    clearInterval(this.clock);
    clearInterval(this.asking);
    this.options.onDone();
  }
}

