/* Who is at which counter today, in pages of as many rows as fit. */
import { el, fill } from "../js/dom.js";
import { t } from "../js/texts.js";
import { rem } from "./look.js";

// with a stand-in, and without any
const ROW_REM = 5.5;
const LOW_ROW_REM = 4.3;

export class Roster {
  constructor(node) {
    this.node = node;
    this.list = el("ol", { class: "duties" });
    this.drawn = "";
    this.pages = 1;
  }

  /* Draws one page of it, page being counted on and on; returns how many there are. */
  draw(item, page) {
    if (!this.node.contains(this.list)) this.head(item);
    const isLow = !item.rows.some((row) => row.backup);
    this.list.classList.toggle("is-low", isLow);
    const fits = Math.max(1, Math.floor(this.list.clientHeight / ((isLow ? LOW_ROW_REM : ROW_REM) * rem())));
    this.pages = Math.max(1, Math.ceil(item.rows.length / fits));
    const each = Math.ceil(item.rows.length / this.pages);
    const at = page % this.pages;
    const looks = JSON.stringify([item, fits, at, this.pages]);
    if (looks === this.drawn) return this.pages;
    this.drawn = looks;
    this.head(item, at);
    fill(this.list, item.rows.slice(at * each, at * each + each).map(duty));
    return this.pages;
  }

  head(item, at) {
    const since = item.day && t("In force since {date}", { date: item.day.split("-").reverse().join("/") });
    fill(this.node,
      el("h2", { class: "roster-title" }, t("Who serves you today")),
      el("p", { class: "roster-day" }, el("span", null, since || ""),
        this.pages > 1 && el("span", { class: "roster-page" }, t("page {n} of {all}", { n: at + 1, all: this.pages }))),
      this.list);
  }

  clear() {
    if (this.drawn) fill(this.node);
    this.drawn = "";
  }
}

function duty(row) {
  return el("li", { class: "duty" },
    el("span", { class: "duty-counter" }, el("span", { class: "duty-word" }, t("Counter")), " ", String(row.counter)),
    el("span", { class: "duty-words" },
      el("span", { class: "duty-field" }, row.field),
      el("span", { class: "duty-officer" }, row.officer),
      row.backup && el("span", { class: "duty-backup" }, t("stand-in: {name}", { name: row.backup }))));
}
