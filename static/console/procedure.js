/* The procedure a visit was about, found by everyday words in the branch's own catalogue. */
import { get } from "../js/api.js";
import { byId, el, fill, setText } from "../js/dom.js";
import { t } from "../js/texts.js";

const MOST = 6;
const REST_MS = 250;

export class Procedure {
  constructor() {
    this.input = byId("procedure");
    this.list = byId("procedure-list");
    this.code = null;
    this.asked = 0;
    this.timer = null;
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.shut(), 150));
  }

  /* One that was named when the number was taken, or none. */
  set(procedure) {
    clearTimeout(this.timer);
    this.asked += 1;
    this.code = procedure ? procedure.code : null;
    this.input.value = procedure ? procedure.name : "";
    this.shut();
  }

  /* Words that stand for no procedure yet. */
  get unclear() {
    return this.code === null && this.input.value.trim() !== "";
  }

  typed() {
    this.code = null;
    clearTimeout(this.timer);
    this.asked += 1;
    const words = this.input.value.trim();
    if (words.length < 2) return this.shut();
    this.timer = setTimeout(() => this.look(words), REST_MS);
  }

  async look(words) {
    const asked = this.asked;
    try {
      const found = await get("/api/v1/procedures?limit=" + MOST + "&q=" + encodeURIComponent(words));
      if (asked === this.asked && document.activeElement === this.input) this.show(found.items);
    } catch (error) {
      if (!error.code) throw error;
      // finding is a help; the line above says when there is no server
      if (asked === this.asked) this.shut();
    }
  }

  show(items) {
    fill(this.list, items.map((one, index) =>
      el("li", { id: "procedure-" + index, role: "option", class: "option", "aria-selected": "false", onpointerdown: (event) => { event.preventDefault(); this.take(one); } }, one.name)
    ));
    this.items = items;
    this.at = items.length ? 0 : -1;
    this.list.hidden = !items.length;
    setText(byId("procedure-none"), items.length ? "" : t("No procedure fits these words."));
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.mark();
  }

  shut() {
    this.items = [];
    this.list.hidden = true;
    setText(byId("procedure-none"), "");
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  mark() {
    Array.from(this.list.children).forEach((node, index) => node.setAttribute("aria-selected", String(index === this.at)));
    if (this.at >= 0) this.input.setAttribute("aria-activedescendant", "procedure-" + this.at);
  }

  take(one) {
    this.set(one);
    this.input.focus();
  }

  key(event) {
    if (this.list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.items.length) % this.items.length;
      this.mark();
    } else if (event.key === "Enter") this.take(this.items[this.at]);
    else if (event.key === "Escape") this.shut();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}
