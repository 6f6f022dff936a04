/* The big place: the number that is invited and its counter, or why there is none. */
import { byId, el, fill, icon, setText } from "../js/dom.js";
import { setDigits } from "../js/digits.js";
import { t } from "../js/texts.js";
import { isOver } from "./frame.js";
import { clockTime, dayMonth, sameDay, serverNow, weekday } from "../js/format.js";

const ARROW = "M3 12h17M13 5l7 7-7 7";

let said = "";
let rest = "";

export function drawPlace(state, stage, now) {
  const call = stage.current();
  byId("call").hidden = !call;
  byId("rest").hidden = Boolean(call);
  if (call) drawCall(call, stage, now, !state.zone);
  else drawRest(state);
}

function drawCall(call, stage, now, naming) {
  const isNew = stage.isNew(now);
  setText(byId("invite"), call.state === "called" ? t("Now calling") : t("Now serving"));
  setText(byId("times"), times(call, isNew));
  byId("times").hidden = !byId("times").textContent;
  setDigits(byId("number"), call.number);
  setText(byId("counter"), t("Counter {n}", { n: call.counter }));
  setText(byId("where"), where(call, naming));
  const place = byId("call");
  const looks = "call" + size(call) + (isNew ? " is-new" : "");
  const news = call.number + "/" + stage.announced();
  if (said !== news) begin(place, looks);
  said = news;
  place.className = looks + (isNew ? " settle" : "");
}

function times(call, isNew) {
  if (call.state !== "called") return "";
  if (call.calls > 1) return t("called again, time {n}", { n: call.calls });
  return isNew ? t("just now") : "";
}

function where(call, naming) {
  return [call.counter_name, naming ? call.zone : ""].filter(Boolean).join(" · ");
}

/* Longer numbers and counters in a smaller size: nothing may be cut off or break. */
function size(call) {
  const long = call.number.length;
  const figures = String(call.counter).length;
  return (long > 5 ? " longest" : long > 4 ? " longer" : "") + (figures > 2 ? " far-counter" : "");
}

/* Without "settle" for a moment, so that it begins anew. One slow motion, no flashing, none for those who want none. */
function begin(place, looks) {
  place.className = looks;
  void place.offsetWidth;
}

function drawRest(state) {
  const [title, words] = restWords(state);
  if (rest === title + words) return;
  rest = title + words;
  said = "";
  fill(byId("rest"), el("p", { class: "rest-title" }, title), el("p", { class: "rest-words" }, words));
}

function restWords(state) {
  if (isOver(state)) return [t("We are closed now"), opening(state.opens_at)];
  if (!state.calls.length) return [t("No number has been called yet"), t("Please take a number and wait for your turn.")];
  return [t("Please wait for your turn"), t("Your number will appear here.")];
}

function opening(at) {
  if (!at) return "";
  const hour = clockTime(at);
  if (sameDay(at, serverNow())) return t("Opens again today at {hour}", { hour });
  return t("Opens again at {hour}, {weekday} {date}", { hour, weekday: weekday(at), date: dayMonth(at) });
}

export function arrow() {
  return icon("arrow", ARROW);
}
