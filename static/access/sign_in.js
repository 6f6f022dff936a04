import { page } from "../js/page.js";
import { byId } from "../js/dom.js";
import { send, values } from "./form.js";

function go() {
  location.replace(page.next || "/");
}

const form = byId("sign-in");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await send(form, "/api/v1/session", values(form))) {
    go();
    return;
  }
  form.elements.password.value = "";
  form.elements.password.focus();
});

document.querySelectorAll("[data-login]").forEach((button) => {
  button.addEventListener("click", async () => {
    if (await send(null, "/api/v1/demo/session", { login: button.dataset.login })) go();
  });
});

form.elements.login.focus();
