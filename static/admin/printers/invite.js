/* A code with which the print agent on another computer brings its printer. */
import { deed } from "../../js/api.js";
import { byId, setText } from "../../js/dom.js";
import { clockTime } from "../../js/format.js";
import { t } from "../../js/texts.js";

async function invite(event) {
  event.preventDefault();
  const error = byId("invite-error");
  error.hidden = true;
  byId("invited").hidden = true;
  const name = byId("invite-name").value.trim();
  try {
    const answer = await deed("POST", "/api/v1/agent/invitations", { name }).send();
    show(answer);
  } catch (refused) {
    if (!refused.code) throw refused;
    error.hidden = false;
    setText(error, refused.detail || t("The server did not answer."));
  }
}

function show(answer) {
  byId("invited").hidden = false;
  setText(byId("invite-code"), answer.code);
  setText(byId("invite-until"), t("good once, until {time}", { time: clockTime(answer.expires_at) }));
  setText(byId("invite-command"), "denluot print-agent --server " + location.origin + " --code " + answer.code + " --usb VVVV:PPPP");
}

export function listenToInvitations() {
  byId("invite-form").addEventListener("submit", invite);
}
