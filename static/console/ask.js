/* A question, a choice or a short form. ask(title, words, choices, body) → the value chosen, or null.
   choices: [label, is it the usual one, value, a word more]… and plain strings as headings between them.
   body: nodes above the choices. Figures choose: those in the body if it has any, else the choices. */
import { byId, el, fill, setText } from "../js/dom.js";
import { t } from "../js/texts.js";

let chosen = null;

function choose(value) {
  chosen = value;
  byId("ask").close();
}

function button([label, usual, value, more], digit) {
  return el(
    "button",
    { type: "button", class: "button choice" + (usual ? " button-primary" : ""), "data-digit": digit, onclick: () => choose(value) },
    el("span", { class: "choice-words" }, label),
    more && [" ", el("span", { class: "choice-more" }, more)],
    digit && [" ", el("kbd", { "aria-hidden": "true" }, digit)]
  );
}

function keyOf(choice, digit, numbered) {
  if (!numbered) return choice[1] ? "Enter" : null;
  return digit < 10 ? String(digit) : null;
}

function actions(choices, numbered) {
  let digit = 0;
  return choices.map((choice) => {
    if (typeof choice === "string") return el("h3", { class: "choice-title" }, choice);
    digit += 1;
    return button(choice, keyOf(choice, digit, numbered));
  });
}

export function ask(title, words, choices, body) {
  const dialog = byId("ask");
  if (dialog.open) return Promise.resolve(null);
  chosen = null;
  setText(byId("ask-title"), title);
  setText(byId("ask-words"), words);
  byId("ask-words").hidden = !words;
  fill(byId("ask-body"), body);
  const numbered = !body && choices.filter((choice) => typeof choice !== "string").length > 1;
  fill(byId("ask-actions"), actions(choices, numbered), el("button", { type: "button", class: "button button-quiet", onclick: () => choose(null) }, t("Not now")));
  byId("ask-actions").classList.toggle("choices-many", choices.length > 7);
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(chosen), { once: true });
    dialog.showModal();
    dialog.scrollTop = 0;
  });
}

function onKey(event) {
  // the key that answers must not mean anything to the counter behind, once the question is closed
  event.stopPropagation();
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const typing = event.target.matches("input:not([type=radio]), textarea, select");
  if (event.key === "Enter" && event.target.matches("input")) {
    const usual = byId("ask-actions").querySelector(".button-primary");
    event.preventDefault();
    if (usual) usual.click();
  } else if (!typing && /^[1-9]$/.test(event.key)) {
    const node = byId("ask").querySelector('[data-digit="' + event.key + '"]');
    if (node) node.click();
    if (node && node.matches("input")) node.focus();
  }
}

byId("ask").addEventListener("keydown", onKey);
