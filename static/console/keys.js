/* The keyboard: letters by their place on the board, so that a Vietnamese typing method does not get in between. */
import { byId } from "../js/dom.js";

const BUTTONS = { KeyR: "recall", KeyV: "no-show", KeyG: "more", KeyZ: "undo", KeyT: "pause" };

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

function onKey(event) {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || byId("ask").open) return;
  const at = document.activeElement;
  if (typing(at)) {
    if (event.key === "Escape") at.blur();
    if (event.key === "Enter" && !event.isComposing) press("primary");
    return;
  }
  if (event.key === "Enter") {
    // a button in focus is pressed by the browser itself
    if (!at || !at.matches("button, a")) press("primary");
    return;
  }
  if (BUTTONS[event.code]) {
    // the letter itself must not land in the field that opens
    event.preventDefault();
    press(BUTTONS[event.code]);
  }
  if (/^Digit[1-5]$/.test(event.code)) outcome(Number(event.code.slice(5)) - 1);
}

export function listen() {
  document.addEventListener("keydown", onKey);
  // after a touch or a click Enter must mean the next step again, not the button touched last
  document.addEventListener("click", (event) => {
    const button = event.detail > 0 && event.target.closest("button");
    if (button && !byId("ask").open) button.blur();
  });
}
