import "../js/page.js";
import { byId } from "../js/dom.js";
import { t } from "../js/texts.js";
import { say, send, values } from "./form.js";

const form = byId("setup");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = values(form);
  if (given.password !== given.again) {
    say(t("The two passwords are not the same."));
    form.elements.again.focus();
    return;
  }
  delete given.again;
  const secret = location.pathname.split("/").pop();
  // the link must not stay in the browser's history
  if (await send(form, "/api/v1/setup/" + secret, given)) location.replace("/admin/devices");
});
form.elements.name.focus();
