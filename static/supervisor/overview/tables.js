/* The branch in figures: totals, a line a counter, a line a service. */
import { byId, el } from "../../js/dom.js";
import { count } from "../../js/format.js";
import { inLanguage, t } from "../../js/texts.js";
import { known, redraw, running, serviceName, ticketLink } from "./parts.js";

function total(name, ...value) {
  return el("div", {}, el("dt", {}, name), el("dd", {}, ...value));
}

export function drawTotals(state) {
  const all = state.totals;
  redraw(byId("totals"), [all, state.open], () => [
    total(t("Waiting"), count(all.waiting)),
    total(t("Longest wait"), all.longest ? [running(all.longest.since), " ", ticketLink(all.longest.number, "small")] : "–"),
    total(t("9 of 10 within"), known(all.p90_s)),
    total(t("Half within"), known(all.p50_s)),
    total(t("Numbers issued"), count(all.issued)),
    total(t("Served"), count(all.served)),
    total(t("Left before a call"), count(all.abandoned)),
    total(t("Absent"), count(all.no_shows)),
    total(t("Counters open"), all.counters.open + "/" + state.counters.length),
  ]);
}

export function reasonText(code) {
  const words = {
    lunch: t("lunch"),
    break: t("short break"),
    meeting: t("meeting"),
    errand: t("errand"),
    fault: t("fault at the counter"),
  };
  return words[code] || "";
}

/* What a counter is doing, and since when. */
function doing(counter) {
  const ticket = counter.ticket;
  if (counter.state === "closed") return { mark: "off", words: t("Closed"), since: null };
  if (counter.state === "paused") {
    const reason = reasonText(counter.reason);
    return { mark: "warn", words: reason ? t("Paused: {reason}", { reason }) : t("Paused"), since: counter.since };
  }
  if (!ticket) return { mark: "idle", words: t("Free"), since: counter.idle_since };
  if (ticket.state === "called") {
    const words = ticket.calls > 1 ? t("Called {n} times", { n: ticket.calls }) : t("Called");
    return { mark: "ok", words, since: ticket.since };
  }
  return { mark: ticket.over ? "over" : "ok", words: ticket.over ? t("Serving, over target") : t("Serving"), since: ticket.since };
}

function serves(state, counter) {
  const names = counter.services.map((one) => serviceName(state, one.code));
  const prefixes = counter.services.map((one) => {
    const found = state.services.find((service) => service.code === one.code);
    return found ? found.prefix : one.code;
  });
  return el("span", { title: names.join(", ") }, prefixes.join(" ") || "–");
}

function counterRow(state, counter, change) {
  const now = doing(counter);
  const button = el("button", {
    type: "button",
    class: "change",
    "data-focus": "change-" + counter.number,
    "aria-label": t("Change the services of counter {n}", { n: counter.number }),
    onclick: () => change(counter, button),
  }, t("Change"));
  return el("tr", { "data-counter": counter.number, class: now.mark === "over" ? "over" : null },
    el("th", { scope: "row" }, String(counter.number)),
    el("td", {}, el("span", { class: "state state-" + now.mark }, now.words)),
    el("td", {}, counter.officer ? counter.officer.name : ""),
    el("td", {}, counter.ticket ? ticketLink(counter.ticket.number) : ""),
    el("td", { class: "figure" }, running(now.since)),
    el("td", { class: "figure" }, count(counter.visits)),
    el("td", { class: "serves" }, serves(state, counter), button));
}

export function drawCounters(state, change) {
  redraw(byId("counters"), [state.counters, state.services.map((one) => [one.code, one.name, one.prefix])], () =>
    state.counters.map((counter) => counterRow(state, counter, change)));
}

function atWork(service) {
  if (service.on_duty.length) return service.on_duty.join(", ");
  return el("span", { class: service.waiting ? "state state-over" : "soft" }, t("none"));
}

function longest(service) {
  if (!service.longest) return "";
  const late = service.over ? el("span", { class: "late" }, t("{n} over target", { n: service.over })) : "";
  return [running(service.longest.since), " ", ticketLink(service.longest.number, "small"), " ", late];
}

function serviceRow(service) {
  return el("tr", { "data-service": service.code },
    el("th", { scope: "row" }, el("span", { class: "prefix" }, service.prefix), inLanguage(service, "name"),
      service.paused ? el("span", { class: "badge" }, t("no new numbers")) : ""),
    el("td", { class: "figure" }, count(service.waiting)),
    el("td", {}, longest(service)),
    el("td", { class: "figure" }, known(service.p90_s)),
    el("td", { class: "figure" }, count(service.served)),
    el("td", { class: "figure" }, count(service.abandoned)),
    el("td", { class: "figure" }, count(service.no_shows)),
    el("td", {}, atWork(service)));
}

export function drawServices(state) {
  redraw(byId("services"), state.services, () => state.services.map(serviceRow));
}
