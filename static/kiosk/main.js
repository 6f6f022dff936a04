/* The kiosk: what the live state, the citizen's touches and the line to the server make of the screen. */
import { page, firstState } from "../js/page.js";
import { byId, setText } from "../js/dom.js";
import { t } from "../js/texts.js";
import { setDigits } from "../js/digits.js";
import { clockTime, dayMonth, serverNow, weekday } from "../js/format.js";
import { connect } from "../js/live.js";
import { leave, renew } from "../js/reloading.js";
import { Choose } from "./choose.js";
import { Sheet } from "./sheet.js";
import { Issue } from "./issue.js";
import { NumberScreen } from "./number.js";
import { Modes } from "./modes.js";
import { Idle } from "./idle.js";
import { isTimeToRenew } from "./renew.js";
import { harden } from "./harden.js";
import { closed, holding, lost, trouble } from "./messages.js";
import { listenToScanner } from "./scanner.js";
import { ShownTicket } from "./shown.js";
import { current, show } from "./view.js";

const RELOAD_MS = 30000;
const OUT_OF_DATE = ["not_signed_in", "csrf_failed"];

let state = firstState;
let status = "live";
let shown = null;

const choose = new Choose((service) => sheet.open(service, state));
const sheet = new Sheet((service, priority, paper) => issue.take(service, priority, paper));
const issue = new Issue({ onWaiting: hold, onTicket: showTicket, onRefused: refused });
const modes = new Modes(page.languages || ["vi", "en"], redraw);
const idle = new Idle(page.idle_s || 60, isDirty, reset);

function busy() {
  return ["number", "holding", "trouble", "shown"].indexOf(current()) >= 0;
}

function isDirty() {
  return !busy() && !issue.sending && (sheet.isOpen || modes.unusual || choose.turned());
}

/* The screen when nobody's ticket is under way. */
function rest() {
  if (status === "lost") return showMessage("lost", lost());
  if (!state.open) return showMessage("closed", closed(state));
  if (current() !== "choose") show("choose", choose.node);
  choose.update(state);
}

function showMessage(name, node) {
  sheet.close();
  show(name, node);
}

function update() {
  header();
  if (busy()) return;
  rest();
  if (!issue.sending) sheet.update(state);
}

function start() {
  show("", document.createTextNode(""));
  rest();
}

function reset() {
  sheet.close();
  modes.reset();
  choose.firstPage();
  redraw();
}

function redraw() {
  header();
  if (!busy()) rest();
}

function hold() {
  if (current() === "holding") return;
  sheet.close();
  show("holding", holding(() => {
    issue.giveUp();
    start();
  }));
}

function showTicket(answer, asked) {
  const service = state.services.find((one) => one.code === asked.service);
  const seconds = (page.thanks_s || 10) * (document.documentElement.classList.contains("text-large") ? 2 : 1);
  const screen = new NumberScreen(answer, service, { seconds, unwanted: asked.paper === false, onDone: finished });
  sheet.close();
  show("number", screen.node);
}

function finished() {
  issue.done();
  sheet.close();
  modes.reset();
  choose.firstPage();
  start();
}

/* The code of a ticket was held before the scanner. */
function showScanned(token) {
  if (issue.sending || current() === "number" || status === "lost") return;
  if (shown) shown.finish();
  sheet.close();
  const canPrint = ["ok", "trouble"].indexOf(state.printer.state) >= 0;
  shown = new ShownTicket(token, canPrint, () => {
    shown = null;
    finished();
  });
  show("shown", shown.node);
}

function refused(error) {
  if (OUT_OF_DATE.indexOf(error.code) >= 0) leave(RELOAD_MS);
  const words = error.detail || t("The server did not answer.");
  if (sheet.isOpen) return sheet.setBusy(false, words);
  show("trouble", trouble(words, start));
}

function header() {
  const now = serverNow();
  setText(byId("help"), t("Need help? Please ask an officer"));
  setText(byId("hotline"), state.branch.hotline || "");
  setDigits(byId("clock"), clockTime(now));
  setText(byId("today"), weekday(now) + ", " + dayMonth(now));
  setText(byId("branch"), state.branch.name);
}

function second() {
  header();
  const isFree = status === "live" && !busy() && !isDirty() && !issue.sending;
  if (isFree && isTimeToRenew(state, idle.quietSeconds())) renew(state.program);
}

harden();
listenToScanner(showScanned);
modes.draw();
update();
issue.resume();
setInterval(second, 1000);
window.addEventListener("resize", update);
connect({
  surface: "kiosk",
  url: "/api/v1/kiosk",
  first: firstState,
  onState: (fresh) => { state = fresh; update(); },
  onStatus: (word) => {
    status = word;
    if (word === "live") issue.withdrawAll();
    update();
  },
  onRefused: () => leave(RELOAD_MS),
});
