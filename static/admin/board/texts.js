/* The parts that are words: running lines, duty roster, ways to the counters. Each gives the rows of its list. */
import { page } from "../../js/page.js";
import { byId, el } from "../../js/dom.js";
import { t } from "../../js/texts.js";
import { Rows, choiceField, longField, textField } from "./rows.js";

const most = page.most;

function counterName(number) {
  const known = page.counters.find((one) => one.number === number);
  const words = t("Counter {n}", { n: number });
  if (!known) return words + " " + t("(no longer there)");
  return known.name ? words + " · " + known.name : words;
}

/* Above a row whose counter is out of use: [node, show(number)]. */
function outOfUse(words) {
  const node = el("p", { class: "row-note", hidden: true }, words);
  return [node, (number) => { node.hidden = page.counters.some((one) => one.number === number); }];
}

export function tickerRows(onChange) {
  return new Rows(byId("ticker-rows"), byId("ticker-add"), {
    most: most.lines,
    onChange,
    fresh: () => ({ words: "", words_en: "" }),
    build: (line) => {
      const vi = longField(t("In Vietnamese"), line.words, most.line, { lang: "vi" });
      const en = longField(t("In English, if wanted"), line.words_en, most.line, { lang: "en" });
      return {
        node: el("div", { class: "row-fields row-lines" }, vi.node, en.node),
        value: () => ({ words: vi.input.value.trim(), words_en: en.input.value.trim() }),
        focus: () => vi.input.focus(),
      };
    },
  });
}

export function rosterRows(onChange) {
  return new Rows(byId("roster-rows"), byId("roster-add"), {
    most: most.duties,
    onChange,
    fresh: () => ({ counter: nextCounter(), field: "", officer: "", backup: "" }),
    build: (duty) => {
      const numbers = page.counters.map((one) => one.number);
      if (numbers.indexOf(duty.counter) < 0) numbers.push(duty.counter);
      const counter = choiceField(t("Counter"), String(duty.counter), numbers.map((n) => [String(n), counterName(n)]));
      const field = textField(t("Field"), duty.field, most.duty);
      const officer = textField(t("Officer"), duty.officer, most.duty);
      const backup = textField(t("Stands in"), duty.backup, most.duty);
      const [note, judge] = outOfUse(t("This counter is out of use: boards leave the row out. Choose another counter, remove the row, or leave it as it is."));
      judge(duty.counter);
      counter.select.addEventListener("change", () => judge(Number(counter.select.value)));
      return {
        node: el("div", { class: "row-fields row-duty" }, note, counter.node, field.node, officer.node, backup.node),
        value: () => ({
          counter: Number(counter.select.value),
          field: field.input.value.trim(),
          officer: officer.input.value.trim(),
          backup: backup.input.value.trim(),
        }),
        focus: () => counter.select.focus(),
      };
    },
  });
}

/* The first counter that has no row yet. */
function nextCounter() {
  const taken = Array.from(document.querySelectorAll("#roster-rows select"), (one) => Number(one.value));
  const free = page.counters.find((one) => taken.indexOf(one.number) < 0);
  return (free || page.counters[0] || { number: 1 }).number;
}

function arrowWords() {
  return [
    ["", t("No arrow")],
    ["left", t("← to the left")],
    ["right", t("→ to the right")],
    ["ahead", t("↑ straight ahead")],
    ["up", t("Up, to a floor above")],
    ["down", t("Down, to a floor below")],
  ];
}

/* One row a counter, and those that are kept of counters out of use; none is added or removed here. */
export class Hints {
  put(hints) {
    const numbers = page.counters.map((one) => one.number);
    const others = hints.map((one) => one.counter).filter((number) => numbers.indexOf(number) < 0);
    this.rows = numbers.concat(others).map((number) => {
      const hint = hints.find((one) => one.counter === number) || { arrow: null, words: "", words_en: "" };
      const arrow = choiceField(t("Arrow"), hint.arrow || "", arrowWords());
      const vi = textField(t("In Vietnamese"), hint.words, most.hint, { lang: "vi" });
      const en = textField(t("In English, if wanted"), hint.words_en, most.hint, { lang: "en" });
      const [note, judge] = outOfUse(t("This counter is out of use: boards leave the row out. Empty it, or leave it as it is."));
      judge(number);
      const fields = el("div", { class: "row row-hint", role: "group", "aria-label": counterName(number) },
        note, el("p", { class: "strong hint-counter" }, counterName(number)), arrow.node, vi.node, en.node);
      const node = el("li", null, fields);
      const value = () => ({ counter: number, arrow: arrow.select.value || null, words: vi.input.value.trim(), words_en: en.input.value.trim() });
      return { node, value };
    });
    const list = byId("hint-rows");
    while (list.firstChild) list.removeChild(list.firstChild);
    this.rows.forEach((row) => list.append(row.node));
  }

  values() {
    return this.rows.map((row) => row.value()).filter((one) => one.arrow || one.words || one.words_en);
  }
}
