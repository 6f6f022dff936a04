/* The layout "table": a cell for each counter. Where the cells are too small for what is called to be read from
   five metres, the newest call stands above them in a banner, which is the big place in another shape. */
import { byId, el, fill } from "../js/dom.js";
import { digits } from "../js/digits.js";
import { inLanguage, t } from "../js/texts.js";
import { arrow } from "./arrows.js";
import { isOver } from "./frame.js";
import { emWidth, least, room, sizeKey } from "./look.js";

// in rem: between cells, inside a cell beside the number, above and below it, the least label
const GAP = 0.75;
const ASIDE = 3;
const ABOVE = 1.5;
const LABEL = 5.25;
const MOST_LABEL = 17;
// a label gets this part of a number's size, and of a cell's width
const LABEL_EM = 1.35;
const HINT_HIGH = 2.1;
const NUMBER_HIGH = 0.74;
const MOST_NUMBER = 13;
const MOST_COLUMNS = 8;
// of figures and letters in their boxes, as base.css has them; a usual number has three figures
const FIGURES_EM = 2.1;
const LETTER_EM = 0.79;
const WIDE_EM = 0.92;
const WIDE = "MWQ";
// what a banner needs beyond its number, and one that is too narrow to have all in a line
const BANNER_HIGH = 3.6;
const NARROW_BANNER_HIGH = 5.6;
const NARROW = 90;
const MOST_FIGURE = 6;
const MOST_WORD = 2;
const LEAST_WORD = 1.1;
const LEAST_STATE = 1.5;
const MOST_STATE = 3.5;
// on a plate: what stays free, a space and two figures, and both at half as large again as the word
const PLATE_ASIDE = 0.9;
const SPACE_EM = 0.35;
const FIGURE_EM = 1.55;
const LINE_EM = SPACE_EM + FIGURE_EM * 1.5;
// a cell as high as this has an arrow, and the counter's name if its plate is wide
const HIGH_ENOUGH = 7.5;

let drawn = "";
let planned = "";
let longest = 0;

export function drawTable(state, stage, now) {
  const rows = state.counters.map((counter) => ({ counter, look: look(counter, stage, now) }));
  const looks = JSON.stringify(rows);
  if (looks !== drawn) {
    drawn = looks;
    planned = "";
    byId("table").classList.toggle("hinted", rows.some((row) => hintOf(row.counter)));
    fill(byId("table"), rows.map((row) => cell(row.counter, row.look)));
    longest = Math.max.apply(null, state.waiting.map(usual).concat(Array.from(byId("table").querySelectorAll(".cell-number"), emWidth), FIGURES_EM + LETTER_EM));
  }
  arrange(rows.length, isOver(state));
}

/* How wide a service's numbers are, in em: the table must not be another one as soon as its first number is called. */
function usual(service) {
  return FIGURES_EM + Array.from(service.prefix).reduce((sum, letter) => sum + (WIDE.indexOf(letter) >= 0 ? WIDE_EM : LETTER_EM), 0);
}

function look(counter, stage, now) {
  if (!counter.call) return counter.state === "open" ? "is-free" : "is-shut";
  if (counter.call.state !== "called") return "is-serving";
  return "is-called" + (stage.isMarked(counter.call.number, now) ? " is-new" : "");
}

function hintOf(counter) {
  return inLanguage(counter, "hint");
}

function cell(counter, looks) {
  return el("li", { class: "cell " + looks, "data-counter": String(counter.number) },
    el("div", { class: "cell-label" },
      el("span", { class: "cell-counter" },
        el("span", { class: "cell-word" }, t("Counter")), " ",
        el("span", { class: "cell-figure" }, String(counter.number))),
      el("span", { class: "cell-name" }, counter.name),
      counter.arrow && arrow(counter.arrow)),
    el("div", { class: "cell-main" }, counter.call ? digits(counter.call.number, "cell-number") : el("span", { class: "cell-state" }, words(counter))),
    el("p", { class: "cell-foot" }, says(counter.call), el("span", { class: "cell-hint" }, hintOf(counter))));
}

function words(counter) {
  if (counter.state === "closed") return t("Closed");
  return counter.state === "paused" ? t("Back soon") : t("Counter is open");
}

function says(call) {
  if (!call) return null;
  const called = call.state === "called";
  return el("span", { class: "cell-says" },
    called && call.calls > 1 ? t("called again, time {n}", { n: call.calls }) : called ? t("Now calling") : t("Now serving"));
}

/* Columns and sizes for the room there is: without a banner if that makes the cells large enough, else below one.
   When all is over only the banner has words for that. */
function arrange(count, isOverNow) {
  const main = byId("main");
  const calling = byId("calling");
  const key = sizeKey(calling, [count, isOverNow, longest.toFixed(2), least().toFixed(2)]);
  if (!calling.clientWidth || key === planned) return;
  planned = key;
  const isHinted = byId("table").classList.contains("hinted");
  let plan = best(room(calling), count, HINT_HIGH);
  if (plan.number < least() && !isHinted) plan = best(room(calling), count, 0);
  const isBanner = isOverNow || plan.number < least();
  main.classList.toggle("with-banner", isBanner);
  byId("place").hidden = !isBanner;
  if (isBanner) {
    calling.style.setProperty("--banner", (least() * NUMBER_HIGH + (room(calling).wide < NARROW ? NARROW_BANNER_HIGH : BANNER_HIGH)).toFixed(2) + "rem");
    plan = best(room(byId("table")), count, 0);
  }
  show(byId("table"), plan);
}

/* The columns that give the largest numbers, below which each cell keeps `foot` rem free. */
function best(space, count, foot) {
  let found = null;
  for (let columns = 1; columns <= Math.min(count, MOST_COLUMNS); columns += 1) {
    const rows = Math.ceil(count / columns);
    const wide = (space.wide - GAP * (columns - 1)) / columns - ASIDE;
    const high = (space.high - GAP * (rows - 1)) / rows;
    const across = Math.min(wide / (longest + LABEL_EM), MOST_NUMBER);
    const number = Math.min(MOST_NUMBER, (high - ABOVE - foot) / NUMBER_HIGH, Math.max(across, (wide - LABEL) / longest));
    if (!found || number > found.number) found = { number, columns, rows, wide, high };
  }
  return found || { number: 0, columns: 1, rows: 1, wide: space.wide, high: space.high };
}

function show(table, plan) {
  const label = Math.min(MOST_LABEL, plan.wide - plan.number * longest);
  const plate = plateSizes(table, label, plan);
  const sizes = {
    number: plan.number,
    label,
    word: plate.word,
    figure: plate.figure,
    state: Math.min(Math.max(plan.number * 0.34, LEAST_STATE), MOST_STATE),
  };
  Object.keys(sizes).forEach((name) => table.style.setProperty("--" + name, sizes[name].toFixed(2) + "rem"));
  table.style.gridTemplateColumns = "repeat(" + plan.columns + ", minmax(0, 1fr))";
  table.style.gridTemplateRows = "repeat(" + plan.rows + ", minmax(0, 1fr))";
  table.classList.toggle("footed", plan.high - plan.number * NUMBER_HIGH >= ABOVE + HINT_HIGH - 0.01);
  table.classList.toggle("in-line", plate.isLine);
  table.classList.toggle("named", plate.isLine && plan.high >= HIGH_ENOUGH);
  table.classList.toggle("low", plan.high < HIGH_ENOUGH);
}

/* "Counter 12" in one line where the plate is wide enough for that, else the figure below the word. */
function plateSizes(table, label, plan) {
  const found = table.querySelector(".cell-word");
  const em = found ? emWidth(found) : 1;
  const free = label - PLATE_ASIDE;
  const word = Math.min(MOST_WORD, free / (em + LINE_EM));
  if (word >= LEAST_WORD) return { word, figure: Math.min(MOST_FIGURE, plan.high * 0.6, (free - word * (em + SPACE_EM)) / FIGURE_EM), isLine: true };
  const above = Math.min(MOST_WORD, free / em, plan.high * 0.26);
  return { word: above, figure: Math.min(plan.number * 0.62, free / FIGURE_EM, plan.high - PLATE_ASIDE - above * 1.2), isLine: false };
}
