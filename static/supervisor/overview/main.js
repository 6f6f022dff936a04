/* The supervisor's overview: the newest state drawn whole, its clocks running between two states. */
import { firstState } from "../../js/page.js";
import { connect } from "../../js/live.js";
import { byId, setText } from "../../js/dom.js";
import { setDigits } from "../../js/digits.js";
import { clockTime, serverNow } from "../../js/format.js";
import { t } from "../../js/texts.js";
import { Alerts } from "./alerts.js";
import { Assign } from "./assign.js";
import { drawHealth, drawOverdue } from "./health.js";
import { drawCounters, drawServices, drawTotals } from "./tables.js";
import { tick } from "./parts.js";

// lengths of time alone send nothing: whoever gets too late by waiting is found by asking
const ASK_MS = 15000;
const DRAW_DAY_MS = 30000;
const alerts = new Alerts(() => link.refresh());
const assign = new Assign(() => link.refresh());
let shown = null;

function show(state) {
  if (shown && shown.epoch === state.epoch && state.seq < shown.seq) return;
  shown = state;
  drawTotals(state);
  drawCounters(state, (counter, button) => assign.open(shown, counter, button));
  drawServices(state);
  drawOverdue(state);
  drawHealth(state);
  alerts.show(state);
  beat();
}

function status(name) {
  const line = byId("line");
  line.hidden = name === "live";
  if (name === "lost") setText(line, t("The server does not answer. What you see is of {time}.", { time: clockTime(link.heardAt()) }));
  if (name === "stale") setText(line, t("The live line is down; this page asks again every few seconds."));
}

function beat() {
  setDigits(byId("clock"), clockTime(serverNow()));
  tick();
}

/* Only a fragment without scripts of our own server: parsed, never run. */
async function drawDay() {
  if (document.hidden) return;
  const answer = await fetch("/supervisor/timeline?part=1", { cache: "no-store" }).catch(() => null);
  if (!answer || !answer.ok || answer.redirected) return;
  const found = new DOMParser().parseFromString(await answer.text(), "text/html");
  byId("timeline").replaceChildren(...found.body.children);
}

const link = connect({
  surface: "overview",
  url: "/api/v1/overview",
  first: firstState,
  onState: show,
  onStatus: status,
  onRefused: () => location.reload(),
});
show(firstState);
setInterval(beat, 1000);
setInterval(() => { if (!document.hidden) link.refresh(); }, ASK_MS);
setInterval(drawDay, DRAW_DAY_MS);
