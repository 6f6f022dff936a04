/* All that a board shows but its frame: what a newer state changes, and what time does. */
import { byId } from "../js/dom.js";
import { serverNow } from "../js/format.js";
import { drawTheme, layoutOf } from "./look.js";
import { drawPlace } from "./place.js";
import { drawTable } from "./table.js";
import { drawCalls } from "./calls.js";
import { drawWaiting } from "./waiting.js";
import { drawCode } from "./code.js";
import { stepTicker, takeTicker } from "./ticker.js";
import { stepPanel, takePanel } from "./panel.js";
import { drawNight, isNight } from "./night.js";

// a screen that slept, or a slow one, does not catch up what it missed
const MOST_STEP_MS = 1000;

let steppedAt = performance.now();
let last = null;

/* A newer state, after the stage has taken it. */
export function takeScene(state) {
  drawTheme(state);
  drawLayout(layoutOf(state));
  takeTicker(state);
  takePanel(state, isNight(state));
}

function drawLayout(layout) {
  const main = byId("main");
  const isTable = layout === "table";
  main.classList.toggle("layout-table", isTable);
  main.classList.toggle("layout-one", !isTable);
  byId("table").hidden = !isTable;
  byId("place").classList.toggle("is-banner", isTable);
  if (!isTable) {
    main.classList.remove("with-banner");
    byId("place").hidden = false;
  }
}

/* now: the server's clock in ms. What takes room comes first, what fills the rest last. */
export function drawScene(state, stage, now) {
  last = [state, stage];
  const at = performance.now();
  const ms = Math.max(0, Math.min(MOST_STEP_MS, at - steppedAt));
  steppedAt = at;
  stepPanel(ms);
  stepTicker(ms, stage.isMarking(now));
  drawNight(state, now);
  drawWaiting(state);
  drawCode(state);
  drawCalls(state, stage, now);
  if (layoutOf(state) === "table") drawTable(state, stage, now);
  drawPlace(state, stage, now);
}

function drawAgain() {
  if (last) drawScene(last[0], last[1], serverNow());
}

/* All is reckoned from the room there is, and from the letters. */
window.addEventListener("resize", drawAgain);
if (document.fonts && document.fonts.addEventListener) document.fonts.addEventListener("loadingdone", drawAgain);
