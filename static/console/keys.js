/* The keyboard: letters by their place on the board, so that a Vietnamese typing method does not get in between. */
import { byId } from "../js/dom.js";

const BUTTONS = {
  KeyR: "recall", KeyV: "no-show", KeyP: "park", KeyC: "transfer", KeyU: "priority", KeyG: "more",
  KeyN: "finish-next", KeyZ: "undo", KeyT: "pause", KeyD: "close", KeyB: "notices-open",
};
const LISTS = { KeyW: "waiting", KeyK: "parked" };

function typing(node) {
  return node && (node.matches("input:not([type=radio]), textarea, select") || node.isContentEditable);
}

function press(id) {
  const button = byId(id);
  if (button.hidden || button.disabled || button.closest("[hidden]")) return;
  button.click();
}

function outcome(index) {
  if (byId("outcomes").hidden) return;
  const input = document.querySelectorAll("input[name=outcome]")[index];
  if (input && !input.disabled && !byId("outcomes").disabled) input.checked = true;
}

function counter(number) {
  const card = byId("chooser").querySelector('[data-counter="' + number + '"]');
  if (card) card.click();
}

function rows(list) {
  return Array.from(list.querySelectorAll(".row-live"));
}

function enter(id) {
  const first = rows(byId(id))[0];
  if (first && !byId(id).closest("[hidden]")) first.focus();
}

function walk(row, step) {
  const all = rows(row.closest(".rows"));
  const next = all[all.indexOf(row) + step];
  if (next) next.focus();
}

function inField(event, at) {
  if (event.key === "Escape") at.blur();
  // the field for a number has a button of its own
  if (event.key === "Enter" && !event.isComposing && at.id !== "typed") press("primary");
}

function field(event) {
  const input = byId("typed");
  if (input.closest("[hidden]")) return;
  // the sign itself must not land in the field
  event.preventDefault();
  input.focus();
  input.select();
}

function letter(event) {
  if (LISTS[event.code]) enter(LISTS[event.code]);
  else if (!byId("chooser").hidden && /^Digit[1-9]$/.test(event.code)) counter(event.code.slice(5));
  else if (BUTTONS[event.code]) {
    event.preventDefault();
    press(BUTTONS[event.code]);
  } else if (/^Digit[1-5]$/.test(event.code) && !event.shiftKey) outcome(Number(event.code.slice(5)) - 1);
}

function onKey(event) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const at = document.activeElement;
  if (typing(at)) return inField(event, at);
  if (event.key === "?") return press("help-open");
  if (event.key === "/") return field(event);
  if (event.key === "Escape") return at.blur();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && at.matches(".row-live")) {
    event.preventDefault();
    return walk(at, step);
  }
  if (event.key === "Enter") {
    // a button in focus is pressed by the browser itself
    if (!at.matches("button, a")) press("primary");
    return undefined;
  }
  return letter(event);
}

export function listen() {
  document.addEventListener("keydown", onKey);
  // after a touch or a click Enter must mean the next step again, not the button touched last
  document.addEventListener("click", (event) => {
    const button = event.detail > 0 && event.target.closest("button");
    if (button && !button.closest("dialog")) button.blur();
    // before its own handler, for a question gives the focus back to where it was
  }, true);
}
