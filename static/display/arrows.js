/* The arrow beside a counter: which way to go, as seen by those who read this board; by itself it only leads the eye. */
import { el, icon } from "../js/dom.js";
import { t } from "../js/texts.js";

const PATH = "M3 12h17M13 5l7 7-7 7";
const WORDS = {
  left: () => t("to the left"),
  right: () => t("to the right"),
  up: () => t("upstairs"),
  down: () => t("downstairs"),
  ahead: () => t("straight ahead"),
};

/* way: "left", "right", "up", "down", "ahead" or null. */
export function arrow(way) {
  const known = WORDS[way] ? way : "";
  const drawn = icon("arrow", PATH);
  if (known) drawn.classList.add("to-" + known);
  return el("span", { class: "way" }, drawn, known && el("span", { class: "sr-only" }, WORDS[known]()));
}
