/* Looking for printers, in the form that adds one: asks the server, lists what it saw, fills the address in. */
import { get } from "../../js/api.js";
import { byId, el, fill, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";
import { causeWords } from "./words.js";

const PATIENCE_MS = 20000;

function hostWords(one) {
  if (one.printer) return t("is “{name}” already", { name: one.printer });
  if (!one.open && one.cause === "refused") return t("something is there, but it takes no papers on port 9100");
  if (!one.open && one.cause === "reset") return t("something is there, but it breaks the connection off: perhaps busy with another program");
  if (!one.open) return t("nobody answers there");
  if (!one.answers) return t("takes papers, but does not say how it is: perhaps no receipt printer, or busy");
  if (one.cause) return t("a receipt printer: {state}", { state: causeWords(one.cause) });
  return one.near_end ? t("a receipt printer, its paper nearly at its end") : t("a receipt printer, ready");
}

function hereWords(one) {
  return one.printer ? t("is “{name}” already", { name: one.printer }) : one.name;
}

function missing(way) {
  return way === "usb"
    ? t("The server cannot look at USB yet. Run on it: apt install libusb-1.0-0, and pip install 'denluot[usb]'.")
    : t("The server cannot look at its serial ports yet. Run on it: pip install 'denluot[serial]'.");
}

export class Finder {
  /* choose({address, name}) takes one over */
  constructor(choose) {
    this.choose = choose;
    this.button = byId("find");
    this.button.addEventListener("click", () => this.look());
    byId("host").addEventListener("keydown", (event) => {
      // Enter here means to look, not to save the form
      if (event.key === "Enter") { event.preventDefault(); this.look(); }
    });
  }

  clear(way) {
    this.way = way;
    this.asked = null;
    this.button.disabled = false;
    setText(byId("find-said"), "");
    fill(byId("found"));
  }

  async look() {
    if (this.button.disabled) return;
    const asked = {};
    const way = this.way;
    this.clear(way);
    this.asked = asked;
    this.button.disabled = true;
    setText(byId("find-said"), t("Looking … this takes up to five seconds."));
    const host = byId("host").value.trim();
    try {
      const found = await get("/api/v1/printers/find" + (way === "network" ? "?host=" + encodeURIComponent(host || "?") : ""), PATIENCE_MS);
      if (this.asked === asked) this.list(way, found[way]);
    } catch (error) {
      if (!error.code) throw error;
      if (this.asked === asked) setText(byId("find-said"), error.detail || t("The server did not answer. Please try again."));
    } finally {
      if (this.asked === asked) this.button.disabled = false;
    }
  }

  list(way, items) {
    if (items === null) {
      setText(byId("find-said"), missing(way));
      return;
    }
    const free = items.filter((one) => !one.printer && one.open !== false);
    setText(byId("find-said"), free.length ? t("Found: {n}", { n: free.length }) : t("No new printer was found. Is it switched on and connected?"));
    fill(byId("found"), items.map((one) => this.row(way, one)));
  }

  row(way, one) {
    const usable = !one.printer && one.open !== false;
    return el("li", {},
      el("span", {}, el("strong", {}, one.address), " ", el("span", { class: "small" }, way === "network" ? hostWords(one) : hereWords(one))),
      usable ? el("button", { class: "button", type: "button", "aria-label": t("Take {address}", { address: one.address }), onclick: () => this.choose(one) }, t("Take this one")) : "");
  }
}
