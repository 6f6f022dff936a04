/* The list of calls, newest first, always as the newest state has it. */
import { byId, el, fill } from "../js/dom.js";
import { digits } from "../js/digits.js";
import { t } from "../js/texts.js";
import { arrow } from "./place.js";

let drawn = "";

export function drawCalls(state, stage, now) {
  const current = stage.current();
  const rows = state.calls.map((call) => ({
    call,
    isNew: stage.isMarked(call.number, now),
    isShown: Boolean(current) && current.number === call.number,
  }));
  const looks = JSON.stringify(rows.map((row) => [row.call.number, row.call.counter, row.isNew, row.isShown]));
  if (looks === drawn) return;
  drawn = looks;
  byId("recent").hidden = !rows.length;
  byId("main").classList.toggle("alone", !rows.length);
  byId("calls").className = "calls" + (rows.length > 8 ? " crowd" : rows.length > 6 ? " many" : "");
  fill(byId("calls"), rows.map(line));
}

function line(row) {
  const looks = (row.isNew ? " is-new" : "") + (row.isShown ? " is-shown" : "");
  const long = row.call.number.length > 4 || String(row.call.counter).length > 2 ? " longer" : "";
  return el("li", { class: "row" + looks + long },
    digits(row.call.number, "row-number"),
    arrow(),
    el("span", { class: "row-counter" },
      el("span", { class: "row-word" }, t("Counter")), " ",
      el("span", { class: "row-figure" }, String(row.call.counter))),
    row.isNew && el("span", { class: "sr-only" }, t("just now")));
}
