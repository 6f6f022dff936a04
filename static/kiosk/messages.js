/* Full screens that say why no number can be taken just now, and what to do instead. */
import { el } from "../js/dom.js";
import { t } from "../js/texts.js";
import { clockTime, dayMonth, sameDay, serverNow, weekday } from "../js/format.js";
import { settledAfter } from "./view.js";

function message(name, title, ...rest) {
  return el("section", { class: "message message-" + name }, el("h1", null, title), rest);
}

function opening(iso) {
  const hour = clockTime(iso);
  if (sameDay(iso, serverNow())) return t("Opens again today at {hour}", { hour });
  return t("Opens again at {hour}, {weekday} {date}", { hour, weekday: weekday(iso), date: dayMonth(iso) });
}

export function closed(state) {
  const spans = state.hours_today.map((span) => el("li", null, span[0] + " – " + span[1]));
  return message("closed", t("We are closed now"),
    state.opens_at && el("p", { class: "lead" }, opening(state.opens_at)),
    spans.length > 0
      ? el("div", { class: "hours" }, el("h2", null, t("Opening hours today")), el("ul", null, spans))
      : el("p", { class: "hours" }, t("Closed all day today")));
}

export function lost() {
  return message("lost", t("Please wait a moment"),
    el("p", { class: "lead" }, t("This kiosk is reconnecting. It comes back by itself.")),
    el("p", null, t("If you cannot wait, please ask an officer for a number.")));
}

/* A number was asked for and the server has not answered yet. */
export function holding(onGiveUp) {
  const ready = settledAfter(800);
  return message("holding", t("Please wait a moment"),
    el("p", { class: "lead" }, t("We have kept your request and are reconnecting. You need not press again.")),
    el("p", null, t("Your number will appear here.")),
    el("button", { type: "button", class: "button back", onclick: () => ready() && onGiveUp() }, t("I no longer want a number")));
}

export function trouble(words, onBack) {
  return message("trouble", t("No number was taken"),
    el("p", { class: "lead", role: "alert" }, words),
    el("p", null, t("Please try again or ask an officer.")),
    el("button", { type: "button", class: "button button-primary", onclick: onBack }, t("Back to the start")));
}
