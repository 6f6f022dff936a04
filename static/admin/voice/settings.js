/* The form of the settings: kept only by “Save”, but heard by the sound check as it stands. */
import { deed } from "../../js/api.js";
import { byId, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";
import { isStale, notStale } from "../stale.js";
import { complainAboutHours, hours, putHours, startHours } from "./spans.js";
import { wordsOf } from "./words.js";

const QUIET = "voice_quiet";
const form = byId("settings");
const problem = byId("problem");
const said = byId("said");

/* The settings as the page shows them now. */
function current(kept) {
  const found = {};
  Object.keys(kept).forEach((name) => {
    const field = form.elements[name];
    if (name === QUIET) found[name] = hours();
    else if (typeof kept[name] === "boolean") found[name] = field.checked;
    else found[name] = typeof kept[name] === "number" ? Number(field.value) : field.value;
  });
  return found;
}

function complain(error) {
  const atHours = Boolean(error) && error.problem && error.problem.field === QUIET;
  complainAboutHours(atHours ? wordsOf(error) : "");
  setText(problem, error && !atHours ? wordsOf(error) : "");
  problem.hidden = !error || atHours;
  if (atHours) byId("quiet-problem").scrollIntoView({ block: "center" });
}

/* Takes the first state. Gives what tells the settings of the page: () => {voice_languages: "vi", …}. */
export function startSettings(first) {
  let kept = first.settings;
  let seen = first.seen;
  const isChanged = () => JSON.stringify(current(kept)) !== JSON.stringify(kept);
  const show = () => {
    form.querySelectorAll("[data-of]").forEach((one) => setText(one, form.elements[one.dataset.of].value + " %"));
    setText(said, isChanged() ? t("Not saved yet") : "");
  };
  startHours(show);
  putHours(kept[QUIET], show);
  form.addEventListener("input", show);
  // a browser that comes back to the page may have kept what was typed
  show();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = byId("save");
    if (button.getAttribute("aria-disabled")) return;
    button.setAttribute("aria-disabled", "true");
    setText(said, "");
    const sent = current(kept);
    try {
      const found = await deed("PUT", "/api/v1/voice", Object.assign({ seen }, sent)).send();
      kept = found.settings;
      seen = found.seen;
      if (JSON.stringify(current(kept)) === JSON.stringify(sent)) putHours(kept[QUIET], show);
      complain(null);
      notStale();
      setText(said, isChanged() ? t("Not saved yet") : t("Saved. The next announcement is spoken like this."));
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
  // pressed before there was a script, the browser itself would send the form, and lose it
  byId("save").disabled = false;
  return () => current(kept);
}
