/* What needs an eye: worded, linked, and put aside once somebody has seen it. */
import { deed, settle } from "../../js/api.js";
import { byId, el, setText } from "../../js/dom.js";
import { clockTime } from "../../js/format.js";
import { t } from "../../js/texts.js";
import { redraw, serviceName, shortLength, ticketLink } from "./parts.js";
import { causeText, lowText } from "./health.js";

const TRIES = 3;

function words(alert, state) {
  const { facts } = alert;
  const name = facts.service ? serviceName(state, facts.service) : "";
  const minutes = (seconds) => shortLength(seconds);
  const sentences = {
    wait: () => t("{name}: {n} waiting longer than {target}", { name, n: facts.people, target: minutes(state.wait_target_s) }),
    serve: () => t("Counter {n}: service takes longer than {target}", { n: facts.counter, target: minutes(facts.target_s) }),
    unserved: () => t("{name}: {n} waiting and no counter is open", { name, n: facts.people }),
    printer: () => (facts.taker
      ? t("Printer “{name}”: {cause}; “{taker}” prints meanwhile", { name: facts.printer, cause: causeText(facts.cause), taker: facts.taker })
      : t("Printer “{name}”: {cause}; {n} papers wait", { name: facts.printer, cause: causeText(facts.cause), n: facts.waiting })),
    low: () => t("Printer “{name}”: {words}", { name: facts.printer, words: lowText(facts.left) }),
    paper: () => t("{n} papers of printer “{name}” may not have come out", { n: facts.people, name: facts.printer }),
    device: () => t("“{name}” is not connected", { name: facts.device }),
    sound: () => (facts.state === "blocked"
      ? t("“{name}” is not heard: please touch its screen once", { name: facts.device })
      : t("“{name}” is not heard: its browser plays no sound", { name: facts.device })),
    day: () => (facts.doubt === "behind" ? t("The clock stands behind the last record; please check the date.") : t("The date has jumped ahead; please check the clock.")),
  };
  return (sentences[alert.kind] || (() => alert.kind))();
}

function numbers(alert) {
  const found = alert.facts.numbers || (alert.facts.number ? [alert.facts.number] : []);
  return found.map((number) => ticketLink(number));
}

export class Alerts {
  /* done() after something was done about an alert */
  constructor(done) {
    this.done = done;
    this.known = null;
  }

  show(state) {
    const fresh = state.alerts.filter((one) => !one.seen);
    setText(byId("alerts-count"), fresh.length ? String(fresh.length) : "");
    byId("alerts-none").hidden = state.alerts.length > 0;
    redraw(byId("alerts"), [state.alerts, state.services.map((one) => one.name)], () => state.alerts.map((one) => this.row(one, state)));
    this.say(fresh, state);
  }

  /* A reader hears of what is new, not of everything again. */
  say(fresh, state) {
    const before = this.known;
    this.known = new Set(fresh.map((one) => one.key));
    if (!before) return;
    const added = fresh.filter((one) => !before.has(one.key));
    if (added.length) setText(byId("alerts-said"), added.map((one) => words(one, state)).join(". "));
  }

  row(alert, state) {
    const seen = alert.seen && (alert.seen.by
      ? t("Seen by {name} at {time}", { name: alert.seen.by, time: clockTime(alert.seen.at) })
      : t("Seen at {time}", { time: clockTime(alert.seen.at) }));
    return el("li", { class: "alert" + (alert.seen ? " alert-seen" : alert.urgent ? " alert-urgent" : ""), "data-kind": alert.kind },
      el("p", { class: "alert-words" }, words(alert, state)),
      el("p", { class: "alert-foot small" },
        el("span", { class: "soft" }, seen || t("since {time}", { time: clockTime(alert.since) })), numbers(alert),
        alert.kind === "day" ? el("button", { type: "button", class: "change", "data-focus": "day", onclick: (event) => this.confirmDay(event) }, t("The date is right")) : "",
        alert.seen ? "" : el("button", {
          type: "button", class: "change", "data-focus": alert.key, onclick: (event) => this.acknowledge(alert, event),
          "aria-label": t("Seen: {words}", { words: words(alert, state) }),
        }, t("Seen"))));
  }

  async acknowledge(alert, event) {
    await this.send(event.target, deed("POST", "/api/v1/alerts/ack", { key: alert.key }));
  }

  async confirmDay(event) {
    await this.send(event.target, deed("POST", "/api/v1/day/confirm"));
  }

  async send(button, one) {
    button.disabled = true;
    byId("alerts-fault").hidden = true;
    try {
      await settle(one, { stop: (tries) => tries >= TRIES });
      this.done();
    } catch (error) {
      if (!error.code) throw error;
      setText(byId("alerts-fault"), error.detail || t("It could not be done. Please try again."));
      byId("alerts-fault").hidden = false;
    } finally {
      button.disabled = false;
    }
  }
}
