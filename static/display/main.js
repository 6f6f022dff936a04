/* The board: what the live state, the clock and the line to the server make of the screen. */
import { page, firstState } from "../js/page.js";
import { connect } from "../js/live.js";
import { serverNow } from "../js/format.js";
import { leave, renew } from "../js/reloading.js";
import { Stage } from "./stage.js";
import { drawScene, takeScene } from "./scene.js";
import { drawClock, drawFrame, drawLine } from "./frame.js";
import { unplayable } from "./panel.js";
import { drawSound } from "./sound.js";
import { isTimeToRenew } from "./renew.js";
import { Voice } from "./voice/voice.js";

const TICK_MS = 250;
// how the voice is, in the words of the sign at the foot
const SIGNS = { starting: "silent", blocked: "blocked", speaking: "speaking", other: "other", ready: "silent", silent: "off", off: "off" };

const name = Math.random().toString(36).slice(2, 12);
const stage = new Stage();
let state = firstState;
let status = "live";
let link = null;

const voice = new Voice({
  name,
  wanted: Boolean(page.sound),
  tell: (account) => { if (link) link.send("sound", account); },
  heardAt: () => (link ? link.heardAt() : Date.now()),
  isCutOff: () => Boolean(link) && !link.isOnLine(),
  unplayable,
  show: (how) => drawSound({ state: SIGNS[how], onEnable: () => voice.unlock() }),
});

function draw() {
  drawScene(state, stage, serverNow());
}

function take(fresh) {
  state = fresh;
  stage.take(state, serverNow());
  drawFrame(state);
  takeScene(state);
  draw();
  voice.take(state);
}

function tick() {
  const now = serverNow();
  drawClock(now);
  drawLine(state, status, link.heardAt());
  stage.step(now);
  draw();
  voice.tick();
  if (isTimeToRenew(state, now, status === "live", voice.isSpeaking)) renew(state.program);
}

link = connect({
  surface: "board",
  auth: () => Object.assign({ screen: name, sound: voice.account() }, page.zone ? { zone: page.zone } : {}),
  url: "/api/v1/board" + (page.zone ? "/" + encodeURIComponent(page.zone) : ""),
  first: firstState,
  onState: take,
  onStatus: (word) => { status = word; },
  onRenew: () => leave(),
  onRefused: () => leave(),
});
take(firstState);
tick();
setInterval(tick, TICK_MS);
voice.start();
// a touch anywhere lets a browser speak that waited for one
["pointerdown", "keydown", "touchend"].forEach((kind) => {
  document.addEventListener(kind, () => { if (voice.state === "blocked") voice.unlock(); }, { passive: true });
});
