/* The list of calls, newest first, always as the newest state has it. Beside a panel it is a strip of a few. */
import { byId, el, fill } from "../js/dom.js";
import { digits } from "../js/digits.js";
import { t } from "../js/texts.js";
import { arrow } from "./arrows.js";

const STRIP = 6;
const STRIP_OF_LONG = 4;
const LONG = 4;

let drawn = "";

export function drawCalls(state, stage, now) {
  const current = stage.current();
  const isStrip = byId("main").classList.contains("with-panel");
  const isLong = state.calls.some(longer);
  const most = isStrip ? (isLong ? STRIP_OF_LONG : STRIP) : state.calls.length;
  const rows = state.calls.slice(0, most).map((call) => ({
    call,
    isNew: stage.isMarked(call.number, now),
    isShown: Boolean(current) && current.number === call.number,
  }));
  const looks = JSON.stringify([isStrip, rows.map((row) => [row.call.number, row.call.counter, row.isNew, row.isShown])]);
  if (looks === drawn) return;
  drawn = looks;
  byId("recent").hidden = !rows.length;
  byId("main").classList.toggle("alone", !rows.length);
  byId("calls").className = "calls" + size(rows.length, isStrip, isLong);
  fill(byId("calls"), rows.map(line));
}

function size(count, isStrip, isLong) {
  if (isStrip) return isLong ? " wide" : "";
  return count > 8 ? " crowd" : count > 6 ? " many" : "";
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
