/* The list of calls, newest first, always as the newest state has it. Beside a panel it is a strip of a few. Nobody who is
   still awaited is ever left out: a long list stands in columns, a strip shows them in turn. */
import { byId, el, fill, setText } from "../js/dom.js";
import { digits } from "../js/digits.js";
import { t } from "../js/texts.js";
import { arrow } from "./arrows.js";
import { emWidth, room, sizeKey } from "./look.js";

const STRIP = 6;
const STRIP_OF_LONG = 4;
const LONG = 4;
const PAGE_MS = 5000;
// more rows than these are too low in a single column
const ONE_COLUMN = 8;
const MOST_COLUMNS = 4;
// in rem: between columns, and what stays free in a row; in em of its type: the arrow, and how high a row is
const BETWEEN = 1.25;
const ASIDE = 1.75;
const ARROW_EM = 1.2;
const ROW_HIGH = 1.2;
const MOST_TYPE = 3.5;

let drawn = "";
let planned = "";

export function drawCalls(state, stage, now) {
  const current = stage.current();
  const isStrip = byId("main").classList.contains("with-panel");
  const isLong = state.calls.some(longer);
  const shown = isStrip ? strip(state.calls, isLong ? STRIP_OF_LONG : STRIP) : { calls: state.calls, page: 0, pages: 1 };
  const rows = shown.calls.map((call) => ({
    call,
    isNew: stage.isMarked(call.number, now),
    isShown: Boolean(current) && current.number === call.number,
  }));
  const looks = JSON.stringify([isStrip, rows.map((row) => [row.call.number, row.call.counter, row.isNew, row.isShown])]);
  if (looks !== drawn) {
    drawn = looks;
    planned = "";
    byId("recent").hidden = !rows.length;
    byId("main").classList.toggle("alone", !rows.length);
    byId("calls").className = "calls" + size(rows.length, isStrip, isLong);
    fill(byId("calls"), rows.map(line));
  }
  setText(byId("recent-page"), shown.pages > 1 ? t("page {n} of {all}", { n: shown.page + 1, all: shown.pages }) : "");
  arrange(byId("calls"), rows.length);
}

/* Those who are awaited come before those who have come; where even they are too many, page by page. */
function strip(calls, most) {
  const awaited = calls.filter((call) => call.state === "called");
  if (awaited.length > most) return turn(awaited, most);
  const others = calls.filter((call) => call.state !== "called").slice(0, most - awaited.length);
  return { calls: calls.filter((call) => call.state === "called" || others.indexOf(call) >= 0), page: 0, pages: 1 };
}

/* By this screen's own count of time, whatever is called meanwhile: a page must not wait for a quiet moment. The last page
   is as full as the others, so that the place above the strip keeps its size. */
function turn(calls, most) {
  const pages = Math.ceil(calls.length / most);
  const page = Math.floor(performance.now() / PAGE_MS) % pages;
  const from = Math.min(page * most, calls.length - most);
  return { calls: calls.slice(from, from + most), page, pages };
}

function size(count, isStrip, isLong) {
  if (isStrip) return isLong ? " wide" : "";
  return count > ONE_COLUMN ? " crowd" : count > 6 ? " many" : "";
}

/* In a crowd: the columns that give the largest type. */
function arrange(list, count) {
  const isCrowd = list.classList.contains("crowd");
  const key = sizeKey(list, [isCrowd]);
  if (!list.clientWidth || key === planned) return;
  planned = key;
  const plan = isCrowd ? best(room(list), count, rowEm(list)) : null;
  list.style.fontSize = plan ? plan.type.toFixed(2) + "rem" : "";
  list.style.gridTemplateColumns = plan ? "repeat(" + plan.columns + ", minmax(0, 1fr))" : "";
  list.style.gridTemplateRows = plan ? "repeat(" + Math.ceil(count / plan.columns) + ", minmax(0, 1fr))" : "";
}

/* How wide the widest number and the widest counter are together, with the arrow between. */
function rowEm(list) {
  const widest = (selector) => Math.max.apply(null, Array.from(list.querySelectorAll(selector), emWidth));
  return widest(".row-number > [aria-hidden]") + ARROW_EM + widest(".row-counter");
}

function best(space, count, em) {
  let found = null;
  for (let columns = 1; columns <= MOST_COLUMNS; columns += 1) {
    const wide = (space.wide - BETWEEN * (columns - 1)) / columns - ASIDE;
    const type = Math.min(MOST_TYPE, wide / em, space.high / Math.ceil(count / columns) / ROW_HIGH);
    if (!found || type > found.type) found = { columns, type };
  }
  return found;
}

function longer(call) {
  return call.number.length > LONG || String(call.counter).length > 2;
}

function line(row) {
  const looks = (row.isNew ? " is-new" : "") + (row.isShown ? " is-shown" : "");
  return el("li", { class: "row" + looks + (longer(row.call) ? " longer" : "") },
    digits(row.call.number, "row-number"),
    // from the number to its counter: turned the counter's way it would lead back to the number
    arrow(),
    el("span", { class: "row-counter" },
      el("span", { class: "row-word" }, t("Counter")), " ",
      el("span", { class: "row-figure" }, String(row.call.counter))),
    row.isNew && el("span", { class: "sr-only" }, t("just now")));
}
