/* Who is over target, and whether printers and screens are well. */
import { byId, el, setText } from "../../js/dom.js";
import { clockTime, dayMonth, sameDay, serverNow } from "../../js/format.js";
import { t } from "../../js/texts.js";
import { redraw, running, serviceName, shortLength, ticketLink } from "./parts.js";

/* How much paper is left on a roll near its end. */
export function lowText(left) {
  return left === null || left === undefined ? causeText("paper_near_end")
    : t("paper for about {n} more tickets", { n: left });
}

export function causeText(code) {
  const words = {
    refused: t("not found on the network"),
    mute: t("does not answer"),
    paper_out: t("out of paper"),
    cover_open: t("cover open"),
    offline: t("switched off or offline"),
    error: t("reports a fault"),
    reset: t("was restarted while printing"),
    too_late: t("not printed: its number was over"),
    removed: t("its printer was removed"),
    absent: t("is not attached"),
    denied: t("may not be opened by the server"),
    no_driver: t("the server lacks what it needs for this kind of connection"),
    agent_away: t("the computer it hangs on is not connected"),
    restored: t("was on its way when the backup was made"),
    lease_lost: t("interrupted while printing"),
    paper_near_end: t("paper is nearly at its end"),
  };
  return words[code] || code;
}

export function drawOverdue(state) {
  redraw(byId("overdue"), state.overdue, () => state.overdue.map((one) =>
    el("li", { class: "chip", title: serviceName(state, one.service) },
      ticketLink(one.number), running(one.since),
      one.counter ? el("span", { class: "small soft" }, t("at counter {n}", { n: one.counter })) : "")));
  const more = state.overdue_total - state.overdue.length;
  setText(byId("overdue-count"), state.overdue_total ? String(state.overdue_total) : "");
  setText(byId("overdue-words"), more > 0
    ? t("and {n} more", { n: more })
    : t("Waiting longer than {target}, or served longer than the service's target.", { target: shortLength(state.wait_target_s) }));
}

function seen(at) {
  if (!at) return t("never connected");
  const time = sameDay(at, serverNow()) ? clockTime(at) : clockTime(at) + " " + dayMonth(at);
  return t("last seen {time}", { time });
}

function printerRow(printer) {
  const lost = printer.lost.map((paper) => ticketLink(paper.number));
  const words = printer.trouble ? causeText(printer.trouble) : printer.low ? lowText(printer.tickets_left) : t("ready");
  return el("li", {},
    el("span", { class: "state state-" + (printer.trouble || printer.low ? "warn" : "ok") }, printer.name),
    el("span", { class: "small soft" }, words,
      printer.taker ? ", " + t("“{taker}” prints meanwhile", { taker: printer.taker }) : "",
      printer.waiting ? ", " + t("{n} papers wait", { n: printer.waiting }) : "",
      lost.length ? [", ", t("unsure of:"), " ", lost] : ""));
}

function deviceRow(device) {
  return el("li", {},
    el("span", { class: "state state-" + (device.silent ? "warn" : "ok") }, device.name),
    el("span", { class: "small soft" }, device.silent ? t("not connected") + ", " + seen(device.seen_at) : t("connected")));
}

export function drawHealth(state) {
  const none = !state.printers.length && !state.devices.length;
  redraw(byId("health"), [state.printers, state.devices], () => none
    ? [el("li", { class: "soft" }, t("No printer and no screen is set up."))]
    : [...state.printers.map(printerRow), ...state.devices.map(deviceRow)]);
}
