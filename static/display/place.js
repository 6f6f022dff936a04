/* The big place: the number that is invited and its counter, or why there is none. In the table it is the banner. */
import { byId, el, fill, setText } from "../js/dom.js";
import { setDigits } from "../js/digits.js";
import { inLanguage, t } from "../js/texts.js";
import { arrow } from "./arrows.js";
import { isOver } from "./frame.js";
import { emWidth, least, room, sizeKey } from "./look.js";
import { clockTime, dayMonth, sameDay, serverNow, weekday } from "../js/format.js";

// how high a line stands, in em of its type; what lies between and around the lines, in rem
const NUMBER_HIGH = 0.74;
const COUNTER_HIGH = 1.35;
const BETWEEN = 2.4;
const ASIDE = 4;
const MOST_NUMBER = 26;
const MOST_COUNTER = 11;
// in the banner: beside number and counter, and in a long one the words' place beside both
const BANNER_ASIDE = 7;
const BANNER_INVITE = 15;
const BANNER_WORDS = 21;
const BANNER_WORD = 9;
const SHORT = 8;
const LONG_BANNER = 90;

let said = "";
let rest = "";
let fitted = "";

export function drawPlace(state, stage, now) {
  const call = stage.current();
  byId("call").hidden = !call;
  byId("rest").hidden = Boolean(call);
  if (call) drawCall(call, stage, now, !state.zone);
  else drawRest(state);
}

function drawCall(call, stage, now, naming) {
  const isNew = stage.isNew(now);
  // first of all: what is said goes by it
  const place = byId("place");
  const isLong = place.classList.contains("is-banner") && room(place).wide >= LONG_BANNER;
  place.classList.toggle("is-long", isLong);
  setText(byId("invite"), call.state === "called" ? t("Now calling") : t("Now serving"));
  setText(byId("times"), times(call, isNew, place.classList.contains("is-banner") && !isLong));
  byId("times").hidden = !byId("times").textContent;
  setDigits(byId("number"), call.number);
  setText(byId("counter"), t("Counter {n}", { n: call.counter }));
  drawArrow(call.arrow);
  setText(byId("hint"), inLanguage(call, "hint"));
  setText(byId("where"), where(call, naming));
  begin(call.number + "/" + stage.announced(), isNew);
  fit();
}

function times(call, isNew, isShort) {
  if (call.state !== "called") return "";
  if (call.calls > 1 && isShort) return t("time {n}", { n: call.calls });
  if (call.calls > 1) return t("called again, time {n}", { n: call.calls });
  return isNew ? t("just now") : "";
}

function where(call, naming) {
  return [call.counter_name, naming ? call.zone : ""].filter(Boolean).join(" · ");
}

function drawArrow(way) {
  const place = byId("arrow");
  const word = way || "none";
  if (place.getAttribute("data-way") === word) return;
  place.setAttribute("data-way", word);
  fill(place, arrow(way));
}

/* Without "settle" for a moment, so that it begins anew. One slow motion, no flashing, none for those who want none. */
function begin(news, isNew) {
  const place = byId("call");
  const looks = "call" + (isNew ? " is-new" : "");
  if (said !== news) {
    place.className = looks;
    void place.offsetWidth;
  }
  said = news;
  place.className = looks + (isNew ? " settle" : "");
}

/* Number and counter as large as the place allows; the number is never smaller than five metres ask for. */
function fit() {
  const place = byId("place");
  const words = ["invite", "times", "counter", "hint", "where"].map((id) => byId(id).textContent);
  const key = sizeKey(place, [byId("number").getAttribute("data-text"), place.className].concat(words));
  if (!place.clientWidth || key === fitted) return;
  fitted = key;
  const sizes = place.classList.contains("is-banner") ? bannerSizes(place) : placeSizes(place);
  byId("number-line").style.fontSize = sizes.number.toFixed(2) + "rem";
  byId("to").style.fontSize = sizes.counter.toFixed(2) + "rem";
}

function widths() {
  return { number: emWidth(byId("number")), counter: emWidth(byId("to-line")) };
}

function lines() {
  return room(byId("band")).high + room(byId("hint")).high + room(byId("where")).high;
}

function placeSizes(place) {
  const { wide, high } = room(place);
  const em = widths();
  const free = high - lines() - BETWEEN;
  const most = { number: Math.min(MOST_NUMBER, (wide - ASIDE) / em.number), counter: Math.min(MOST_COUNTER, (wide - ASIDE) / em.counter) };
  const share = Math.min(1, free / (most.number * NUMBER_HIGH + most.counter * COUNTER_HIGH));
  const floor = Math.min(least(), most.number);
  const counter = Math.min(most.counter, Math.max(most.counter * share, least()), (free - floor * NUMBER_HIGH) / COUNTER_HIGH);
  return { number: Math.max(floor, Math.min(most.number, (free - counter * COUNTER_HIGH) / NUMBER_HIGH)), counter };
}

function bannerSizes(place) {
  const { wide, high } = room(place);
  const em = widths();
  const isLong = place.classList.contains("is-long");
  const number = Math.max(least(), Math.min((high - 2.4) / NUMBER_HIGH, (wide * 0.55) / em.number));
  const left = wide - number * em.number - BANNER_ASIDE - (isLong ? BANNER_INVITE + wordsWide() : 0);
  const free = high - 1.6 - (isLong ? 0 : lines());
  return { number, counter: Math.max(2, Math.min(left / em.counter, free / COUNTER_HIGH)) };
}

function wordsWide() {
  const where = byId("where").textContent;
  if (byId("hint").textContent || where.length > SHORT) return BANNER_WORDS;
  return where ? BANNER_WORD : 0;
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

/* When it opens again, or nothing where nobody knows. */
export function opening(at) {
  if (!at) return "";
  const hour = clockTime(at);
  if (sameDay(at, serverNow())) return t("Opens again today at {hour}", { hour });
  return t("Opens again at {hour}, {weekday} {date}", { hour, weekday: weekday(at), date: dayMonth(at) });
}
