/* Every [data-sign-out] button of a staff page ends the session, here and on the server. */
import { deed } from "../js/api.js";

document.querySelectorAll("[data-sign-out]").forEach((button) => {
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await deed("DELETE", "/api/v1/session").send();
    } catch (error) {
      if (error.status !== 401) {
        button.disabled = false;
        button.textContent = error.detail || button.textContent;
        return;
      }
    }
    location.replace("/sign-in");
  });
});
