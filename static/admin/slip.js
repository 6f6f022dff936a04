/* The form of the slip beside the slip itself: what is typed is drawn a moment later, and kept only by “Save”. */
import { page } from "../js/page.js";
import { deed } from "../js/api.js";
import { byId, setText } from "../js/dom.js";
import { t } from "../js/texts.js";
import { isStale, notStale } from "./stale.js";

const PAUSE_MS = 250;
const SLOW_MS = 30000;
const LOGO_MOST = 2 * 1024 * 1024;
const LINES = ["header", "footer"];
const CHOICES = ["language", "number_size"];

const form = byId("layout");
const problem = byId("problem");
const said = byId("said");
const names = Object.keys(page.slip.defaults);
let saved = written(page.slip.layout);
let seen = page.slip.seen;
let asked = 0;
let timer = null;

/* As text, in an order of its own: two layouts are alike if their texts are. */
function written(one) {
  return JSON.stringify(names.map((name) => one[name]));
}

function boxes(name) {
  return Array.from(form.querySelectorAll('[name="' + name + '"]'));
}

function layout() {
  const found = {};
  names.forEach((name) => {
    const fields = boxes(name);
    if (LINES.indexOf(name) >= 0) found[name] = fields.map((one) => one.value.trim()).filter((line) => line !== "");
    else if (CHOICES.indexOf(name) >= 0) found[name] = fields[0].value;
    else found[name] = fields[0].checked;
  });
  return found;
}

function put(wanted) {
  names.forEach((name) => {
    const fields = boxes(name);
    if (LINES.indexOf(name) >= 0) fields.forEach((one, n) => { one.value = wanted[name][n] || ""; });
    else if (CHOICES.indexOf(name) >= 0) fields[0].value = wanted[name];
    else fields[0].checked = wanted[name];
  });
}

function isChanged() {
  return written(layout()) !== saved;
}

function complain(error) {
  setText(problem, error ? error.detail || t("The server did not answer. Please try again.") : "");
  problem.hidden = !error;
}

async function draw() {
  const turn = ++asked;
  const wish = { layout: layout(), language: byId("preview-language").value, late: byId("preview-late").checked };
  try {
    const drawn = await deed("POST", "/api/v1/slip/preview", wish).send();
    // an answer that was overtaken by a later question shows what nobody wants any more
    if (turn !== asked) return;
    drawn.items.forEach((one) => {
      document.querySelector('.paper[data-width="' + one.width + '"]').src = "data:image/png;base64," + one.png;
    });
    complain(null);
  } catch (error) {
    if (turn === asked) complain(error);
  }
}

function soon() {
  setText(said, isChanged() ? t("Not saved yet") : "");
  clearTimeout(timer);
  timer = setTimeout(draw, PAUSE_MS);
}

form.addEventListener("input", (event) => {
  if (event.target.id !== "logo-file") soon();
});
["preview-language", "preview-late"].forEach((id) => byId(id).addEventListener("change", draw));

byId("usual").addEventListener("click", () => {
  put(page.slip.defaults);
  soon();
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = byId("save");
  button.setAttribute("aria-disabled", "true");
  setText(said, "");
  const sent = layout();
  try {
    const found = await deed("PUT", "/api/v1/slip", Object.assign({ seen }, sent)).send();
    seen = found.seen;
    saved = written(found.layout);
    // what was cleaned while being saved is shown as it was kept, unless more was typed meanwhile
    if (written(layout()) === written(sent)) put(found.layout);
    complain(null);
    notStale();
    setText(said, isChanged() ? t("Not saved yet") : t("Saved. New slips look like this."));
  } catch (error) {
    complain(isStale(error) ? null : error);
  }
  button.removeAttribute("aria-disabled");
});

window.addEventListener("beforeunload", (event) => {
  if (!isChanged()) return;
  event.preventDefault();
  event.returnValue = "";
});

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(new Error("unreadable"));
    reader.readAsDataURL(file);
  });
}

function hasLogo(yes) {
  byId("logo-remove").hidden = byId("logo-tick").hidden = !yes;
}

function tellLogo(words) {
  setText(byId("logo-said"), words);
}

byId("logo-file").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  if (!file) return;
  if (file.size > LOGO_MOST) {
    tellLogo(t("This picture is larger than 2 MB. Please choose a smaller one."));
  } else {
    tellLogo(t("Being read …"));
    try {
      await deed("PUT", "/api/v1/slip/logo", { content: await base64(file) }).send(SLOW_MS);
      hasLogo(true);
      boxes("logo")[0].checked = true;
      tellLogo(t("The logo is set."));
      soon();
    } catch (error) {
      tellLogo(error.detail || t("The server did not answer. Please try again."));
    }
  }
  // the same file may be chosen once more
  event.target.value = "";
});

byId("logo-remove").addEventListener("click", async () => {
  try {
    await deed("DELETE", "/api/v1/slip/logo").send();
    hasLogo(false);
    tellLogo(t("The logo is removed."));
    byId("logo-file").focus();
    soon();
  } catch (error) {
    tellLogo(error.detail || t("The server did not answer. Please try again."));
  }
});

// pressed before there was a script, the browser itself would send the form, and lose it
byId("save").disabled = false;
