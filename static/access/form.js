/* What the door's forms share: one try at a time, and the answer's words where a reader hears them. */
import { deed } from "../js/api.js";
import { byId } from "../js/dom.js";
import { t } from "../js/texts.js";

export function say(words) {
  const problem = byId("problem");
  problem.textContent = words;
  problem.hidden = !words;
}

export function wordsOf(error) {
  return error.detail || t("The server did not answer. Please try again.");
}

/* Sends one POST; false and the reason on the page when it did not work. */
export async function send(form, url, body) {
  const button = form && form.querySelector("[type=submit]");
  if (button) button.disabled = true;
  say("");
  try {
    return (await deed("POST", url, body).send(20000)) || {};
  } catch (error) {
    say(wordsOf(error));
    return false;
  } finally {
    if (button) button.disabled = false;
  }
}

export function values(form) {
  const found = {};
  new FormData(form).forEach((value, name) => { found[name] = value; });
  return found;
}
