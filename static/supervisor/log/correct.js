/* A supervisor's correction of an ended visit. One press is one deed, however often the line makes us send it. */
import { deed } from "../../js/api.js";
import { byId, setText } from "../../js/dom.js";
import "../../js/page.js";
import { t } from "../../js/texts.js";

const dialog = byId("mend");
const form = byId("mend-form");
let open = null;
let pending = null;

function say(words) {
  const problem = byId("mend-problem");
  setText(problem, words);
  problem.hidden = !words;
}

function ask(button) {
  open = button.dataset;
  pending = null;
  setText(byId("mend-title"), t("Correct {number}", { number: open.number }));
  form.elements.outcome.value = open.outcome;
  byId("mend-procedure").value = open.procedure;
  say("");
  dialog.showModal();
}

function changes() {
  const body = {};
  const procedure = byId("mend-procedure").value.trim();
  if (form.elements.outcome.value !== open.outcome) body.outcome = form.elements.outcome.value;
  if (procedure && procedure !== open.procedure) body.procedure = procedure;
  return body;
}

function theDeed(body) {
  const same = pending && JSON.stringify(pending.body) === JSON.stringify(body);
  if (!same) pending = deed("POST", "/api/v1/visits/" + open.correct + "/correct", body);
  return pending;
}

async function save(event) {
  event.preventDefault();
  const body = changes();
  if (!Object.keys(body).length) {
    say(t("Nothing was changed."));
    return;
  }
  const button = form.querySelector("[type=submit]");
  button.disabled = true;
  say("");
  try {
    await theDeed(body).send();
    location.reload();
  } catch (error) {
    if (!error.unsettled) pending = null;
    say(error.detail || t("The server did not answer. Please try again."));
    button.disabled = false;
  }
}

document.querySelectorAll("[data-correct]").forEach((button) => button.addEventListener("click", () => ask(button)));
form.addEventListener("submit", save);
byId("mend-cancel").addEventListener("click", () => dialog.close());
