import "../js/page.js";
import { deed } from "../js/api.js";
import { byId } from "../js/dom.js";
import { clockTime, dayMonthYear } from "../js/format.js";
import { t } from "../js/texts.js";

const problem = byId("problem");

async function send(url, body) {
  problem.hidden = true;
  try {
    await deed("POST", url, body).send();
    location.reload();
  } catch (error) {
    problem.textContent = error.detail || t("The server did not answer. Please try again.");
    problem.hidden = false;
    problem.scrollIntoView({ block: "nearest" });
  }
}

byId("pair").addEventListener("submit", (event) => {
  event.preventDefault();
  const given = new FormData(event.target);
  const code = String(given.get("code")).replace(/[^0-9A-Za-z]/g, "") || "-";
  send("/api/v1/pairings/" + code + "/confirm", {
    name: given.get("name"),
    zone: given.get("zone") || null,
    counter: given.get("counter") ? Number(given.get("counter")) : null,
  });
});

const sure = byId("sure");
let chosen = null;
document.querySelectorAll("[data-revoke]").forEach((button) => {
  button.addEventListener("click", () => {
    chosen = button.dataset.revoke;
    byId("sure-name").textContent = button.dataset.name;
    sure.returnValue = "no";
    sure.showModal();
  });
});
sure.addEventListener("close", () => {
  if (sure.returnValue === "yes") send("/api/v1/devices/" + chosen + "/revoke", {});
});

document.querySelectorAll("[data-moment]").forEach((cell) => {
  const at = cell.dataset.moment;
  if (at) cell.textContent = clockTime(at) + " · " + dayMonthYear(at);
});
