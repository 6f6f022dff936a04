/* The page of the boards. Words and settings are kept by "Save"; pictures and films at once (media.js). */
import { page } from "../../js/page.js";
import { deed } from "../../js/api.js";
import { byId, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";
import { drawReach, drawSketch, putSettings, settings } from "./look.js";
import { isBusy, startMedia } from "./media.js";
import { isStale, notStale } from "../stale.js";
import { Hints, rosterRows, tickerRows } from "./texts.js";

const form = byId("setup");
const on = byId("roster-on");
const seconds = byId("roster-seconds");
const from = byId("roster-from");
const ticker = tickerRows(changed);
const roster = rosterRows(changed);
const hints = new Hints();
let saved = "";
let seen = page.board.seen;
let usualSeconds = 15;

function gather() {
  return {
    settings: settings(),
    setup: {
      ticker: ticker.values(),
      roster: roster.values(),
      roster_from: from.value || null,
      roster_seconds: on.checked ? Number(seconds.value) || usualSeconds : 0,
      hints: hints.values(),
    },
  };
}

function put(wanted) {
  putSettings(wanted.settings);
  ticker.put(wanted.setup.ticker);
  roster.put(wanted.setup.roster);
  hints.put(wanted.setup.hints);
  from.value = wanted.setup.roster_from || "";
  on.checked = wanted.setup.roster_seconds > 0;
  seconds.value = wanted.setup.roster_seconds || usualSeconds;
  draw();
}

function draw() {
  byId("roster-seconds-part").hidden = !on.checked;
  drawSketch();
}

function isChanged() {
  return JSON.stringify(gather()) !== saved;
}

function changed() {
  draw();
  setText(byId("said"), isChanged() ? t("Not saved yet") : "");
}

function complain(error) {
  const problem = byId("problem");
  setText(problem, error ? error.detail || t("The server did not answer. Please try again.") : "");
  problem.hidden = !error;
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
["inches", "metres"].forEach((id) => byId(id).addEventListener("input", (event) => {
  // only reckoned with, not kept
  event.stopPropagation();
  drawReach();
}));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wrong = form.querySelector("input:invalid");
  if (wrong) {
    wrong.reportValidity();
    return;
  }
  const button = byId("save");
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  setText(byId("said"), "");
  const sent = gather();
  try {
    const found = await deed("PUT", "/api/v1/board-setup", Object.assign({ seen }, sent)).send();
    seen = found.seen;
    const same = JSON.stringify(gather()) === JSON.stringify(sent);
    // what was cleaned while being saved is shown as it was kept, unless more was typed meanwhile
    if (same) {
      const focused = document.activeElement;
      put(found);
      if (focused && focused.isConnected) focused.focus();
      saved = JSON.stringify(gather());
    } else {
      saved = JSON.stringify(sent);
    }
    complain(null);
    notStale();
    setText(byId("said"), isChanged() ? t("Not saved yet") : t("Saved. The boards show it now."));
  } catch (error) {
    complain(isStale(error) ? null : error);
  }
  button.removeAttribute("aria-disabled");
});

window.addEventListener("beforeunload", (event) => {
  if (!isChanged() && !isBusy()) return;
  event.preventDefault();
  event.returnValue = "";
});

usualSeconds = page.board.setup.roster_seconds || usualSeconds;
put(page.board);
saved = JSON.stringify(gather());
drawReach();
startMedia();
// pressed before there was a script, the browser itself would send the form, and lose it
byId("save").disabled = false;
