/* A card for each printer. Its nodes stay while its words change, so that a finger or the keyboard keeps its button. */
import { byId, el, setText } from "../../js/dom.js";
import { count } from "../../js/format.js";
import { t } from "../../js/texts.js";
import { moment, paperWords, placeWords, stateOf, trialWords } from "./words.js";

/* A file says nothing; a printer at another computer is asked there, every few seconds. */
const UNASKED = ["virtual", "file", "agent"];
const ENDS = ["printed", "failed", "unknown"];

function showIf(node, shown) {
  node.hidden = !shown;
}

/* What the sensor says counts for more than what was counted. */
function leftOf(printer) {
  if (printer.tickets_left === null) return "";
  return printer.trouble === "paper_out" ? t("used up") : t("about {n} tickets", { n: count(printer.tickets_left) });
}

class Card {
  constructor(printer, deeds) {
    this.printer = printer;
    const button = (name, words, extra) => el("button", {
      class: "button" + (extra || ""), type: "button", "data-do": name, onclick: () => deeds[name](this),
    }, words);
    const row = (name, words) => {
      const value = el("dd", {});
      return { value, nodes: el("div", { "data-row": name }, el("dt", {}, words), value) };
    };
    this.title = el("h3", { tabindex: "-1", id: "printer-" + printer.id });
    this.mark = el("span", { class: "badge", hidden: true }, t("Default printer"));
    this.state = el("p", { class: "state" });
    this.since = el("span", { class: "small soft" });
    this.todo = el("p", { class: "todo" });
    this.instead = el("p", { class: "small" });
    this.place = row("place", t("Connection"));
    this.paper = row("paper", t("Paper"));
    this.left = row("left", t("Paper left"));
    this.waiting = row("waiting", t("Papers waiting"));
    this.fallback = row("fallback", t("Takes over"));
    this.trial = row("trial", t("Test slip"));
    this.said = el("p", { class: "small said", role: "status" });
    this.roll = button("newRoll", t("A new roll is in"));
    this.ask = button("ask", t("Ask now"));
    this.makeDefault = button("makeDefault", t("Make it the default"), " button-quiet");
    this.look = el("a", { class: "button", href: "/admin/paper" }, t("See the papers"));
    this.leftWords = el("span", {});
    this.left.value.append(this.leftWords, this.roll);
    this.node = el("li", { class: "card printer", "data-printer": printer.id, "aria-labelledby": "printer-" + printer.id },
      el("div", { class: "printer-head" }, this.title, this.mark),
      el("div", { class: "printer-state" }, el("div", { class: "state-line" }, this.state, this.since), this.todo, this.instead),
      el("dl", { class: "facts" }, this.place.nodes, this.paper.nodes, this.left.nodes, this.waiting.nodes, this.fallback.nodes, this.trial.nodes),
      el("div", { class: "printer-deeds" },
        button("test", t("Print a test slip")), this.ask, this.look),
      this.said,
      el("div", { class: "printer-more" },
        button("edit", t("Edit"), " button-quiet"), this.makeDefault, button("remove", t("Remove"), " button-quiet")));
  }

  update(printer, every) {
    this.printer = printer;
    const how = stateOf(printer);
    setText(this.title, printer.name);
    showIf(this.mark, printer.default);
    this.node.classList.toggle("in-trouble", Boolean(printer.trouble));
    this.state.className = "state state-" + how.tone;
    setText(this.state, how.title);
    setText(this.since, printer.since ? t("since {time}", { time: moment(printer.since) }) : "");
    setText(this.todo, how.todo);
    showIf(this.todo, how.todo);
    this.tellInstead(printer, every);
    setText(this.place.value, placeWords(printer));
    setText(this.paper.value, (printer.profile ? printer.profile + " · " : "") + paperWords(printer));
    setText(this.leftWords, leftOf(printer));
    showIf(this.left.nodes, printer.tickets_left !== null);
    setText(this.waiting.value, String(printer.waiting));
    showIf(this.waiting.nodes, printer.waiting > 0);
    setText(this.fallback.value, printer.fallback || "");
    showIf(this.fallback.nodes, printer.fallback);
    setText(this.trial.value, printer.trial ? trialWords(printer.trial) : "");
    showIf(this.trial.nodes, printer.trial);
    this.followTrial(printer.trial);
    showIf(this.makeDefault, !printer.default);
    showIf(this.ask, UNASKED.indexOf(printer.way) < 0);
    showIf(this.look, printer.way === "virtual");
  }

  /* Where the slips go while this one cannot print. */
  tellInstead(printer, every) {
    const other = every.find((one) => one.id === printer.fallback_id);
    const taken = printer.trouble && other && !other.trouble;
    setText(this.instead, !printer.trouble ? "" : taken
      ? t("Meanwhile slips come out of “{name}”.", { name: other.name })
      : t("Meanwhile slips wait; citizens see their number on the kiosk's screen."));
    showIf(this.instead, printer.trouble);
  }

  /* What was said of a test slip when it was sent off is no longer true when it has come out. */
  followTrial(trial) {
    const state = trial ? trial.state : "";
    if (this.onItsWay && ENDS.indexOf(state) >= 0) this.say(state === "printed" ? t("The test slip came out.") : "");
    this.onItsWay = Boolean(trial) && ENDS.indexOf(state) < 0;
  }

  say(words) {
    setText(this.said, words);
  }
}

export class Cards {
  constructor(deeds) {
    this.deeds = deeds;
    this.list = byId("printers");
    this.cards = new Map();
  }

  show(items) {
    const wanted = items.map((printer) => {
      const card = this.cards.get(printer.id) || new Card(printer, this.deeds);
      this.cards.set(printer.id, card);
      card.update(printer, items);
      return card;
    });
    Array.from(this.cards.keys()).forEach((id) => {
      if (!items.some((one) => one.id === id)) this.cards.delete(id);
    });
    const nodes = wanted.map((card) => card.node);
    if (nodes.length !== this.list.children.length || nodes.some((node, n) => this.list.children[n] !== node)) {
      const held = document.activeElement;
      this.list.replaceChildren(...nodes);
      if (held && this.list.contains(held)) held.focus();
    }
    byId("none").hidden = items.length > 0;
  }

  named(name) {
    return Array.from(this.cards.values()).find((card) => card.printer.name === name);
  }
}
