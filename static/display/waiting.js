/* How many wait for each service, and about how long one who joined now would wait. */
import { byId, el, fill } from "../js/dom.js";
import { t } from "../js/texts.js";
import { count, estimateText } from "../js/format.js";

const MOST = 24;
const IN_A_ROW = 8;
const LONG_NAME = 30;

let drawn = "";

export function drawWaiting(state) {
  const looks = JSON.stringify(state.waiting);
  if (looks === drawn) return;
  drawn = looks;
  const services = fitting(state.waiting);
  const list = byId("services");
  const rows = Math.ceil(services.length / IN_A_ROW);
  list.className = "services rows-" + rows + " columns-" + Math.ceil(services.length / rows);
  fill(list, services.map((service) => cell(service, rows > 1)));
}

/* Where a branch has more services than a board has room for, those that somebody waits for come first. */
function fitting(services) {
  if (services.length <= MOST) return services;
  return services.filter((one) => one.waiting > 0).concat(services.filter((one) => one.waiting === 0)).slice(0, MOST);
}

function cell(service, isTight) {
  return el("li", { class: "service" + (service.waiting ? "" : " nobody") },
    el("p", { class: "service-head" },
      el("span", { class: "service-letter" }, service.prefix),
      el("span", { class: "service-name" + (service.name.length > LONG_NAME ? " long" : "") }, service.name)),
    el("p", { class: "service-count" },
      el("strong", null, count(service.waiting)), " ",
      el("span", { class: "people" }, service.waiting === 1 ? t("person") : t("people"))),
    el("p", { class: "service-range" + (service.estimate ? "" : " untold") }, range(service, isTight)));
}

function range(service, isTight) {
  if (!service.waiting || (isTight && !service.estimate)) return "";
  return estimateText(service.estimate, true);
}
