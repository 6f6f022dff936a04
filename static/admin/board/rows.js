/* A list of rows that can be added, moved and removed. build(value) → {node, value(), focus()}; onChange after each change.
   What was removed can be had back until the next removal is done with. */
import { el, fill, icon } from "../../js/dom.js";
import { t } from "../../js/texts.js";

export const UP = "M12 19V5m-6 6 6-6 6 6";
export const DOWN = "M12 5v14m6-6-6 6-6-6";
export const CROSS = "M6 6l12 12M18 6 6 18";

/* A button with an icon whose words are read aloud and shown as its title. */
export function iconButton(name, path, words, press) {
  return el("button", { type: "button", class: "button icon-button", title: words, "aria-label": words, "data-do": name, onclick: press }, icon(name, path));
}

export class Rows {
  constructor(list, add, options) {
    this.list = list;
    this.add = add;
    this.options = options;
    this.rows = [];
    add.addEventListener("click", () => {
      const row = this.append(options.fresh());
      options.onChange();
      row.focus();
    });
  }

  put(values) {
    this.rows = [];
    fill(this.list);
    values.forEach((value) => this.append(value));
    this.number();
  }

  values() {
    return this.rows.map((row) => row.value());
  }

  append(value) {
    const row = this.options.build(value);
    const tools = el("div", { class: "row-tools" },
      iconButton("up", UP, t("Move up"), () => this.move(row, -1)),
      iconButton("down", DOWN, t("Move down"), () => this.move(row, 1)),
      iconButton("remove", CROSS, t("Remove"), () => this.remove(row)));
    row.item = el("li", { class: "row" }, row.node, tools);
    this.rows.push(row);
    this.list.append(row.item);
    this.number();
    return row;
  }

  number() {
    const most = this.options.most;
    this.rows.forEach((row, n) => {
      row.item.querySelector('[data-do="up"]').setAttribute("aria-disabled", String(n === 0));
      row.item.querySelector('[data-do="down"]').setAttribute("aria-disabled", String(n === this.rows.length - 1));
      row.item.setAttribute("data-row", n + 1);
    });
    this.add.disabled = this.rows.length >= most;
  }

  move(row, step) {
    const from = this.rows.indexOf(row);
    const to = from + step;
    if (to < 0 || to >= this.rows.length) return;
    this.rows.splice(from, 1);
    this.rows.splice(to, 0, row);
    this.list.insertBefore(row.item, step < 0 ? this.rows[to + 1].item : (this.rows[to + 1] || {}).item || null);
    this.number();
    // moving a node takes the focus from it
    row.item.querySelector('[data-do="' + (step < 0 ? "up" : "down") + '"]').focus();
    this.options.onChange();
  }

  remove(row) {
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    this.list.removeChild(row.item);
    this.number();
    const next = this.rows[Math.min(at, this.rows.length - 1)];
    (next ? next.item.querySelector('[data-do="remove"]') : this.add).focus();
    this.options.onChange();
  }
}

/* A labelled text field of a row. */
export function textField(words, value, most, attrs) {
  const input = el("input", Object.assign({ class: "input", maxlength: most, autocomplete: "off" }, attrs || {}));
  input.value = value || "";
  // a tab or a line's end that came along from elsewhere would be refused
  input.addEventListener("paste", () => setTimeout(() => { input.value = input.value.replace(/[\t\r\n]+/g, " "); }, 0));
  return { input, node: el("label", { class: "field" }, el("span", null, words), input) };
}

/* A text of more than a line's length, which is one line all the same. */
export function longField(words, value, most, attrs) {
  const input = el("textarea", Object.assign({ class: "input", rows: 2, maxlength: most, autocomplete: "off" }, attrs || {}));
  input.value = value || "";
  input.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  input.addEventListener("input", () => { if (/[\t\r\n]/.test(input.value)) input.value = input.value.replace(/[\t\r\n]+/g, " "); });
  return { input, node: el("label", { class: "field" }, el("span", null, words), input) };
}

export function choiceField(words, value, choices) {
  const select = el("select", { class: "input" }, choices.map(([one, label]) => el("option", { value: one }, label)));
  select.value = value;
  return { select, node: el("label", { class: "field" }, el("span", null, words), select) };
}
