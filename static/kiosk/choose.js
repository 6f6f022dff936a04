/* The first screen, and the idle one: what people may queue for. Tiles are kept and updated in place,
   because a redraw under a finger would lose the touch and the focus. */
import { el, icon, setText, fill } from "../js/dom.js";
import { t, inLanguage } from "../js/texts.js";
import { nameParts, noPaper, paperPlace, people, printerTrouble, shortRange } from "./wording.js";

// the least height of a tile and the columns, by how the screen stands and how large the text is
const SHAPES = {
  portrait: { columns: 2, least: 60 },
  "portrait-large": { columns: 1, least: 43 },
  landscape: { columns: 3, least: 35 },
  "landscape-large": { columns: 2, least: 44 },
};
const GAP = 5;

export class Choose {
  constructor(onPick) {
    this.onPick = onPick;
    this.pageIndex = 0;
    this.tiles = new Map();
    this.question = el("h1", { class: "question" });
    this.warning = el("p", { class: "notice notice-warn printer-warning", role: "status", hidden: true });
    this.grid = el("ul", { class: "tiles" });
    this.pager = el("div", { class: "pager", hidden: true });
    this.node = el("section", { class: "choose" }, el("div", { class: "choose-head" }, this.question, this.warning), this.grid, this.pager);
  }

  /* Call when the screen is on the page: how many tiles fit depends on its size. */
  update(state) {
    this.state = state;
    setText(this.question, t("What do you need to do today?"));
    this.warn(state.printer);
    const pages = this.paged(state.services);
    this.pageIndex = Math.min(this.pageIndex, pages.length - 1);
    this.lay(pages[this.pageIndex]);
    this.layPager(pages.length);
    this.stretch();
    this.tiles.forEach((tile) => fitItems(tile.summary, tile.covers));
  }

  firstPage() {
    this.pageIndex = 0;
  }

  turned() {
    return this.pageIndex > 0;
  }

  warn(printer) {
    const words = printer ? printerWords(printer) : "";
    this.warning.hidden = !words;
    this.warning.classList.toggle("notice-warn", printer.state === "trouble");
    setText(this.warning, words);
  }

  paged(services) {
    this.pager.hidden = true;
    this.shape = this.room();
    if (services.length <= this.shape.columns * this.shape.rows) return [services];
    this.pager.hidden = false;
    this.shape = this.room();
    const size = this.shape.columns * this.shape.rows;
    const pages = [];
    for (let i = 0; i < services.length; i += size) pages.push(services.slice(i, i + size));
    return pages;
  }

  /* Few tiles may be taller, but every page of several has the same rows. */
  stretch() {
    const needed = Math.ceil(this.grid.children.length / this.shape.columns);
    this.grid.style.setProperty("--rows", this.pager.hidden ? needed : this.shape.rows);
  }

  /* How many tiles of the least size fit between the question and the foot. */
  room() {
    const mm = parseFloat(getComputedStyle(this.node).getPropertyValue("--mm")) || 4;
    const large = document.documentElement.classList.contains("text-large") ? "-large" : "";
    const shape = SHAPES[(window.innerWidth > window.innerHeight ? "landscape" : "portrait") + large];
    const rows = Math.floor((this.grid.clientHeight / mm + GAP) / (shape.least + GAP));
    this.grid.style.setProperty("--columns", shape.columns);
    return { columns: shape.columns, rows: Math.max(rows, 1) };
  }

  lay(services) {
    const wanted = services.map((service) => service.code);
    const shown = Array.from(this.grid.children, (item) => item.getAttribute("data-code"));
    if (wanted.join("|") !== shown.join("|")) {
      fill(this.grid, services.map((service) => this.tile(service).item));
    }
    services.forEach((service) => this.refresh(this.tile(service), service));
  }

  tile(service) {
    let tile = this.tiles.get(service.code);
    if (!tile) {
      tile = this.build(service.code);
      this.tiles.set(service.code, tile);
    }
    return tile;
  }

  build(code) {
    const letter = el("span", { class: "tile-letter", "aria-hidden": "true" });
    const name = el("span", { class: "tile-name" });
    const summary = el("span", { class: "tile-summary" });
    const waiting = el("span", { class: "strong" });
    const range = el("span");
    const button = el(
      "button",
      { type: "button", class: "tile", onclick: () => this.pick(code) },
      el("span", { class: "tile-head" }, letter, name), summary,
      el("span", { class: "tile-wait" }, waiting, " ", range)
    );
    const item = el("li", { "data-code": code }, button);
    return { item, button, letter, name, summary, waiting, range };
  }

  refresh(tile, service) {
    setText(tile.letter, service.prefix);
    const parts = nameParts(service);
    if (tile.name.textContent !== parts.join(" ")) {
      fill(tile.name, parts.map((part) => [el("span", { class: "part" }, part), " "]));
    }
    tile.covers = inLanguage(service, "summary");
    const waits = service.open && service.waiting > 0;
    setText(tile.waiting, waits ? people(service.waiting) : service.open ? t("Nobody waiting") : t("Not taking tickets now"));
    setText(tile.range, waits && service.estimate ? shortRange(service.estimate) : "");
    tile.button.classList.toggle("tile-closed", !service.open);
  }

  pick(code) {
    const service = this.state.services.find((one) => one.code === code);
    if (service) this.onPick(service);
  }

  layPager(pages) {
    if (this.pager.hidden) return;
    const turn = (by) => () => {
      this.pageIndex += by;
      this.update(this.state);
    };
    const button = (kind, by, ...words) => el("button", {
      type: "button", class: "button " + kind, hidden: this.pageIndex + by < 0 || this.pageIndex + by >= pages, onclick: turn(by),
    }, ...words);
    fill(this.pager,
      button("", -1, icon("back", "M15 5l-7 7 7 7"), t("Previous page")),
      el("p", { class: "pager-place" }, t("Page {page} of {pages}", { page: this.pageIndex + 1, pages })),
      button("button-primary", 1, t("More services"), icon("more", "M9 5l7 7-7 7")));
  }
}

/* What to know of the paper before choosing; nothing when it comes out here. */
function printerWords(printer) {
  if (printer.state === "ok") return printer.elsewhere ? paperPlace(printer.elsewhere, false) : "";
  return (printer.state === "trouble" ? printerTrouble(printer.cause) : noPaper()) + " " + t("Your number is shown on the screen.");
}

/* As many whole things of "khai sinh, kết hôn, …" as there is room for, or none: half a line of text helps nobody.
   The sheet shows all of them. */
function fitItems(node, covers) {
  const items = covers.split(", ");
  for (let n = items.length; n > 0; n -= 1) {
    setText(node, items.slice(0, n).join(", ") + (n < items.length ? ", …" : ""));
    if (node.scrollHeight <= node.clientHeight) return;
  }
  setText(node, "");
}
