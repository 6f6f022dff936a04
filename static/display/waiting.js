/* How many wait for each service, and about how long one who joined now would wait. */
import { byId, el, fill, setText } from "../js/dom.js";
import { t } from "../js/texts.js";
import { count, estimateText } from "../js/format.js";

const MOST = 24;
const IN_A_ROW = 8;
const LONG_NAME = 30;
const MOST_IN_LIST = 12;
const ROOMY_LIST = 8;

let drawn = "";

export function drawWaiting(state) {
  const isList = byId("main").classList.contains("with-panel") && window.innerWidth > window.innerHeight;
  const looks = JSON.stringify([isList, state.waiting]);
  if (looks === drawn) return;
  drawn = looks;
  const services = fitting(state.waiting);
  const list = byId("services");
  // under a panel one below another, each with its name and range as long as there is room
  const rows = isList ? (services.length > MOST_IN_LIST ? 3 : 1) : Math.ceil(services.length / IN_A_ROW);
  setText(byId("waiting-title"), rows > 2 || isList ? t("People waiting") : t("People waiting, and about how long from now"));
  // before anybody can tell a range, the names have its room
  const untold = services.some((one) => one.waiting && one.estimate) ? "" : " unranged";
  list.className = isList ? "services is-list" + untold + (rows > 1 ? " crowd" : services.length > ROOMY_LIST ? " dense" : "") : "services rows-" + rows + " columns-" + Math.ceil(services.length / rows);
  byId("waiting").classList.toggle("listed", isList);
  fill(list, services.map((service) => cell(service, rows)));
}

/* Where a branch has more services than a board has room for, those that somebody waits for come first. */
function fitting(services) {
  if (services.length <= MOST) return services;
  return services.filter((one) => one.waiting > 0).concat(services.filter((one) => one.waiting === 0)).slice(0, MOST);
}

function cell(service, rows) {
  return el("li", { class: "service" + (service.waiting ? "" : " nobody") },
    el("p", { class: "service-head" },
      el("span", { class: "service-letter" }, service.prefix),
      el("span", { class: "service-name" + (service.name.length > LONG_NAME ? " long" : "") }, service.name)),
    el("p", { class: "service-count" },
      el("strong", null, count(service.waiting)), " ",
      el("span", { class: "people" }, service.waiting === 1 ? t("person") : t("people"))),
    el("p", { class: "service-range" + (service.estimate ? "" : " untold") }, range(service, rows)));
}

/* The more services, the less is said of each; a range cut short would be a wrong one. */
function range(service, rows) {
  if (!service.waiting || rows > 2 || (rows > 1 && !service.estimate)) return "";
  return estimateText(service.estimate, true);
}
