/* The hours without sound: a row for each span, kept as 11:30-13:30,17:30-07:00. */
import { byId, el, fill, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";

const MOST = 8;
const list = byId("spans");
const problem = byId("quiet-problem");

function times() {
  return Array.from(list.querySelectorAll("input"));
}

/* Of one's own rather than the browser's: that one counts twelve hours in an English office. */
function time(words, value) {
  return el("label", { class: "time" }, el("span", null, words), el("input", {
    class: "input",
    inputmode: "numeric",
    maxlength: 5,
    placeholder: "hh:mm",
    autocomplete: "off",
    value,
    "aria-describedby": "quiet-hint quiet-problem",
    onchange: (event) => { event.target.value = tidied(event.target.value); },
  }));
}

/* 7h, 7:5, 7.05 and 1130 are times too; what is none stays as it was typed, and is refused. */
function tidied(typed) {
  const found = /^(\d{1,2})(?:\D{0,2}(\d{1,2}))?\D?$/.exec(typed.trim());
  if (!found) return typed.trim();
  return found[1].padStart(2, "0") + ":" + (found[2] || "").padStart(2, "0");
}

function row(begins, ends, onChange) {
  const node = el("li", null, time(t("from"), begins), time(t("to"), ends), el("button", {
    class: "button button-quiet",
    type: "button",
    onclick: () => {
      node.remove();
      byId("span-add").focus();
      settle();
      onChange();
    },
  }, t("Remove")));
  return node;
}

function settle() {
  byId("span-add").hidden = list.children.length >= MOST;
  complainAboutHours("");
}

export function complainAboutHours(words) {
  setText(problem, words);
  problem.hidden = !words;
  times().forEach((one) => one.setAttribute("aria-invalid", words ? "true" : "false"));
}

export function putHours(text, onChange) {
  const spans = text.split(",").filter(Boolean).map((one) => one.split("-"));
  fill(list, spans.map((one) => row(one[0], one[1], onChange)));
  settle();
}

/* As the setting keeps it; a row with nothing in it is none. Half a row is left as it is, and refused. */
export function hours() {
  return Array.from(list.children)
    .map((one) => Array.from(one.querySelectorAll("input")).map((input) => tidied(input.value)))
    .filter((span) => span.some(Boolean))
    .map((span) => span.join("-"))
    .join(",");
}

export function startHours(onChange) {
  byId("span-add").addEventListener("click", () => {
    const node = row("", "", onChange);
    list.append(node);
    settle();
    node.querySelector("input").focus();
  });
  list.addEventListener("input", () => complainAboutHours(""));
}
