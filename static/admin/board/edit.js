/* The dialog of one picture or film: its name, and when it is shown on which boards. */
import { deed } from "../../js/api.js";
import { byId, el, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";

const dialog = byId("edit");
const form = byId("edit-form");
const bounds = ["from_day", "to_day", "from_time", "to_time"];
let media = null;
let onSaved = () => {};

/* As the API takes it. */
export function bodyOf(one) {
  const body = { name: one.name, seconds: one.seconds, active: one.active, zone: one.zone, weekdays: one.weekdays };
  bounds.forEach((name) => { body[name] = one[name]; });
  return body;
}

function complain(words) {
  setText(byId("edit-problem"), words);
  byId("edit-problem").hidden = !words;
  if (words) byId("edit-problem").scrollIntoView({ block: "nearest" });
}

export function openEditor(one, saved) {
  media = one;
  onSaved = saved;
  form.elements.name.value = one.name;
  form.elements.seconds.value = one.seconds;
  byId("seconds-part").hidden = one.kind !== "image";
  putZone(one);
  bounds.forEach((name) => { form.elements[name].value = one[name] || ""; });
  weekdays().forEach((box) => { box.checked = one.weekdays.indexOf(box.value) >= 0; });
  complain("");
  dialog.showModal();
  form.elements.name.focus();
}

/* A zone that is out of use, or newer than this page, has no choice of its own there: without one the picture would be
   sent back as for every board. */
function putZone(one) {
  const select = form.elements.zone;
  Array.from(select.options).filter((choice) => choice.hasAttribute("data-own")).forEach((choice) => choice.remove());
  const isListed = one.zone === null || Array.from(select.options).some((choice) => choice.value === one.zone);
  if (!isListed) {
    const zone = one.zone_name;
    select.append(el("option", { value: one.zone, "data-own": true }, one.zone_retired ? t("Only boards of {zone} (no longer in use)", { zone }) : t("Only boards of {zone}", { zone })));
  }
  byId("zone-part").hidden = select.options.length < 2;
  select.value = one.zone === null ? "" : one.zone;
}

function weekdays() {
  return Array.from(form.querySelectorAll('[name="weekday"]'));
}

function wanted() {
  const body = bodyOf(media);
  body.name = form.elements.name.value.trim();
  if (media.kind === "image") body.seconds = Number(form.elements.seconds.value);
  body.zone = form.elements.zone.value || null;
  body.weekdays = weekdays().filter((box) => box.checked).map((box) => box.value).join("");
  bounds.forEach((name) => { body[name] = form.elements[name].value || null; });
  return body;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wrong = form.querySelector("input:invalid");
  if (wrong) {
    wrong.reportValidity();
    return;
  }
  const button = byId("edit-save");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    const answer = await deed("PUT", "/api/v1/media/" + media.id, wanted()).send();
    dialog.close();
    onSaved(answer);
  } catch (error) {
    complain(error.detail || t("The server did not answer. Please try again."));
  }
  button.removeAttribute("aria-disabled");
});

byId("edit-cancel").addEventListener("click", () => dialog.close());
