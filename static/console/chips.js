/* One of a few, each a large touch: radio buttons that look like keys. */
import { el } from "../js/dom.js";

/* choices: [value, words, digit or null]… */
export function chips(name, choices, checked) {
  return choices.map(([value, words, digit]) =>
    el(
      "label",
      { class: "chip" },
      el("input", { type: "radio", name, value, checked: value === checked, "data-digit": digit }),
      el("span", { class: "chip-words" }, words, digit && [" ", el("kbd", { "aria-hidden": "true" }, String(digit))])
    )
  );
}

export function chipGroup(name, legend, choices, checked, wide) {
  return el(
    "fieldset",
    { class: "chips" },
    el("legend", { class: "eyebrow" }, legend),
    el("div", { class: "chip-list" + (wide ? " chip-list-wide" : "") }, chips(name, choices, checked))
  );
}

export function picked(name) {
  const input = document.querySelector("input[name=" + name + "]:checked");
  return input ? input.value : "";
}
