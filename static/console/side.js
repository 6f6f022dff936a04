/* Beside the work: who waits, who was set aside, who has just gone. */
import { byId, el, fill, setText } from "../js/dom.js";
import { digits } from "../js/digits.js";
import { clockTime, secondsSince } from "../js/format.js";
import { inLanguage, t } from "../js/texts.js";
import { outcomeText, restText, waitText } from "./words.js";

function serviceName(state, code) {
  const found = state.counter.services.find((one) => one.code === code);
  return found ? inLanguage(found, "name") : code;
}

function badge(priority) {
  return priority && el("span", { class: "badge", title: inLanguage(priority, "name") }, t("Priority"));
}

/* The row that the keyboard has arrived at: its number and its place. */
function heldIn(list) {
  const row = document.activeElement;
  if (!row || !list.contains(row)) return null;
  return { number: row.getAttribute("data-number"), at: Array.from(list.querySelectorAll(".row-live")).indexOf(row) };
}

/* Drawn anew, the keyboard stays where it was: else Enter would mean the next ticket all of a sudden. */
function holdAgain(list, held) {
  const rows = Array.from(list.querySelectorAll(".row-live"));
  const row = rows.find((one) => one.getAttribute("data-number") === held.number) || rows[Math.min(held.at, rows.length - 1)];
  if (row) row.focus();
}

export class Side {
  /* pick(row, kind) when an officer touches somebody who waits or was set aside */
  constructor(pick) {
    this.pick = pick;
    this.drawn = {};
  }

  show(state) {
    this.list("waiting", state.waiting, state, (row) => this.waitingRow(row, state), true);
    this.list("parked", state.parked, state, (row) => this.parkedRow(row, state), true);
    this.list("recent", state.recent, state, (row) => this.recentRow(row, state), false);
    setText(byId("waiting-count"), String(state.waiting_total));
    setText(byId("parked-count"), String(state.parked.length));
    byId("waiting-hint").hidden = !state.waiting.length;
    byId("typed-form").hidden = state.allowed.indexOf("call") < 0;
    byId("waiting-none").hidden = state.waiting.length > 0;
    byId("recent-none").hidden = state.recent.length > 0;
    byId("parked-list").hidden = state.parked.length === 0;
    const more = state.waiting_total - state.waiting.length;
    byId("waiting-more").hidden = more < 1;
    setText(byId("waiting-more"), t("and {n} more", { n: more }));
    this.tick();
  }

  /* Draws a list anew only when it differs: a finger may be on its way to a row. */
  list(id, rows, state, draw, live) {
    const key = JSON.stringify([rows, live, state.counter.services.length]);
    if (this.drawn[id] === key) return;
    this.drawn[id] = key;
    const held = heldIn(byId(id));
    fill(byId(id), rows.map((row) => el("li", {}, live ? this.button(row, id, draw(row)) : el("div", { class: "row" }, draw(row)))));
    if (held) holdAgain(byId(id), held);
  }

  button(row, kind, parts) {
    const label = t("Open what can be done with it");
    return el(
      "button",
      { type: "button", class: "row row-live", "data-number": row.number, onclick: () => this.pick(row, kind) },
      parts,
      el("span", { class: "sr-only" }, label)
    );
  }

  waitingRow(row, state) {
    return [
      digits(row.number, "row-number"),
      el("span", { class: "row-words" }, serviceName(state, row.service), " ", badge(row.priority)),
      el("span", { class: "row-time", "data-since": row.enqueued_at }),
    ];
  }

  parkedRow(row, state) {
    return [
      digits(row.number, "row-number"),
      el(
        "span",
        { class: "row-words" },
        row.reason || serviceName(state, row.service),
        row.due && [el("br"), el("span", { class: "row-due", "data-due": row.due })]
      ),
      el("span", { class: "row-time", "data-since": row.parked_at, "data-first": "" }),
    ];
  }

  recentRow(row) {
    return [
      digits(row.number, "row-number"),
      el("span", { class: "row-words" }, outcomeText(row.outcome)),
      el("span", { class: "row-time" }, clockTime(row.ended_at)),
    ];
  }

  tick() {
    document.querySelectorAll("[data-since]").forEach((node) => {
      const seconds = secondsSince(node.getAttribute("data-since"));
      setText(node, node.hasAttribute("data-first") ? restText(seconds) : waitText(seconds));
    });
    document.querySelectorAll("[data-due]").forEach((node) => {
      const due = node.getAttribute("data-due");
      const over = secondsSince(due) >= 0;
      node.classList.toggle("row-due-now", over);
      setText(node, over ? t("due since {time}", { time: clockTime(due) }) : t("called again at {time}", { time: clockTime(due) }));
    });
  }
}
