/* A further slip of the ticket that is looked at: its paper was lost, or never came out. */
import "../../js/page.js";
import { deed } from "../../js/api.js";
import { byId, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";

async function reprint(event) {
  const button = event.currentTarget;
  const said = byId("reprint-said");
  button.disabled = true;
  try {
    await deed("POST", "/api/v1/tickets/" + button.getAttribute("data-ticket") + "/reprint", {}).send();
    show(said, "ok", t("A further slip is being printed; it is marked as a reprint."));
  } catch (error) {
    if (!error.code) throw error;
    show(said, "error", error.detail || t("The server did not answer."));
  }
  button.disabled = false;
}

function show(node, kind, words) {
  node.className = "notice no-print notice-" + kind;
  node.hidden = false;
  setText(node, words);
}

const button = byId("reprint");
if (button) button.addEventListener("click", reprint);
