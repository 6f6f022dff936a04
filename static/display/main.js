/* The board: what the live state, the clock and the line to the server make of the screen. */
import { page, firstState } from "../js/page.js";
import { connect } from "../js/live.js";
import { serverNow } from "../js/format.js";
import { Stage } from "./stage.js";
import { drawPlace } from "./place.js";
import { drawCalls } from "./calls.js";
import { drawWaiting } from "./waiting.js";
import { drawClock, drawFrame, drawLine } from "./frame.js";

const TICK_MS = 250;
const DAY_MS = 24 * 3600 * 1000;
const QUIET_MS = 10 * 60 * 1000;

const openedAt = Date.now();
const stage = new Stage();
let state = firstState;
let status = "live";
let link = null;

function draw() {
  const now = serverNow();
  drawPlace(state, stage, now);
  drawCalls(state, stage, now);
}

function take(fresh) {
  state = fresh;
  stage.take(state, serverNow());
  drawFrame(state);
  drawWaiting(state);
  draw();
}

function tick() {
  const now = serverNow();
  drawClock(now);
  drawLine(state, status, link.heardAt());
  stage.step(now);
  draw();
  if (isTimeToRenew(now)) location.reload();
}

/* A page that hangs for weeks picks up a newer program, in a quiet moment. */
function isTimeToRenew(now) {
  const last = state.calls.length ? Date.parse(state.calls[0].at) : 0;
  return Date.now() - openedAt > DAY_MS && status === "live" && now - last > QUIET_MS;
}

link = connect({
  surface: "board",
  auth: page.zone ? { zone: page.zone } : {},
  url: "/api/v1/board" + (page.zone ? "/" + encodeURIComponent(page.zone) : ""),
  first: firstState,
  onState: take,
  onStatus: (word) => { status = word; },
  onRefused: () => location.reload(),
});
take(firstState);
tick();
setInterval(tick, TICK_MS);
