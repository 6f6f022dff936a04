/* The citizen's own ticket: the page already says everything, this keeps it true. */
import { page, firstState } from "../js/page.js";
import { byId, setText } from "../js/dom.js";
import { t } from "../js/texts.js";
import { setDigits } from "../js/digits.js";
import { clockTime, estimateText, serverNow } from "../js/format.js";
import { deed } from "../js/api.js";
import { connect } from "../js/live.js";
import { ask } from "./confirm.js";

const URL_OF_TICKET = "/api/v1/tickets/" + page.token;
const BAR_SLOT = "denluot.ahead." + page.token;
const PLACES = 3;
const BUZZ = [400, 200, 400, 200, 800];

let shown = null;
let busy = false;

function aheadText(ahead) {
  if (!ahead) return t("You are next in line");
  return ahead === 1 ? t("1 person before you") : t("{n} people before you", { n: ahead });
}

/* The bar is full at the most people this phone has seen before its holder, so that it only shrinks. */
function fullBar(ahead) {
  let most = ahead;
  try {
    most = Math.max(ahead, Number(sessionStorage.getItem(BAR_SLOT)) || 0);
    sessionStorage.setItem(BAR_SLOT, String(most));
  } catch (error) {
    // no storage, no memory of how long the line was
  }
  return Math.max(most, 1);
}

function showWaiting(state) {
  const ahead = state.ahead || 0;
  setText(byId("ahead"), aheadText(ahead));
  byId("bar").max = fullBar(ahead);
  byId("bar").value = ahead;
  byId("bar").hidden = ahead === 0;
  setText(byId("range"), estimateText(state.estimate));
}

function showCounter(state) {
  const n = state.counter || "";
  setText(byId("call"), t("PLEASE COME TO COUNTER {n}", { n }));
  setText(byId("at"), t("You are being served at counter {n}.", { n }));
  setText(byId("zone"), state.zone || "");
  setText(byId("again"), t("Called {n} times", { n: state.calls }));
  byId("again").hidden = state.calls < 2;
}

function showBlock(state) {
  document.querySelectorAll("[data-state]").forEach((block) => {
    block.hidden = block.getAttribute("data-state") !== state.state;
  });
  document.querySelectorAll("[data-outcome]").forEach((words) => {
    words.hidden = words.getAttribute("data-outcome") !== state.outcome;
  });
  byId("rejoin-help").hidden = !state.may.rejoin;
  byId("no-rejoin").hidden = state.may.rejoin;
}

function showActions(may) {
  let any = false;
  document.querySelectorAll("[data-deed]").forEach((button) => {
    button.hidden = !may[button.getAttribute("data-deed")];
    any = any || !button.hidden;
  });
  byId("actions").hidden = !any;
}

function spoken(state) {
  const block = document.querySelector('[data-state="' + state.state + '"] h2');
  return block ? block.textContent : "";
}

function show(state) {
  const before = shown;
  shown = state;
  const called = state.state === "called";
  const calledAgain = called && (!before || before.state !== "called" || before.calls < state.calls);
  setDigits(byId("number"), state.number);
  byId("number").classList.toggle("number-long", state.number.length > 4);
  showBlock(state);
  showWaiting(state);
  showCounter(state);
  showActions(state.may);
  document.documentElement.classList.toggle("is-called", called);
  document.title = (called ? spoken(state) + " · " : "") + state.number + " · " + state.branch.name;
  const news = before && (before.state !== state.state || before.ahead !== state.ahead || calledAgain);
  if (news) setText(byId("spoken"), spoken(state));
  if (calledAgain && navigator.vibrate) navigator.vibrate(BUZZ);
}

function showLine(status) {
  const line = byId("line");
  const live = status === "live";
  line.className = "line state " + (live ? "state-ok" : "state-warn");
  setText(line, live ? t("Followed live") : status === "stale"
    ? t("Updated at {time}", { time: lastTime })
    : t("No connection. Last updated at {time}", { time: lastTime }));
}

let lastTime = clockTime(serverNow());
let lineStatus = "live";

function heard(state) {
  lastTime = clockTime(state.now);
  show(state);
  showLine(lineStatus);
}

/* A deed whose answer was lost is sent again with its own key, so pressing twice does it once. */
const unsettled = {};

async function act(name, body) {
  if (busy) return;
  busy = true;
  byId("problem").hidden = true;
  const one = unsettled[name] || deed("POST", URL_OF_TICKET + "/" + name, body);
  unsettled[name] = one;
  try {
    await one.send();
    delete unsettled[name];
    live.refresh();
  } catch (error) {
    if (!error.unsettled) delete unsettled[name];
    setText(byId("problem"), error.detail || t("There is no connection. Please try again."));
    byId("problem").hidden = false;
  }
  busy = false;
}

function askToCancel() {
  const words = t("You lose your place in the queue. To come back you need a new number.");
  ask(t("Cancel this number?"), words, t("Yes, cancel"), () => act("cancel"));
}

function askToPostpone() {
  const words = t("You keep your number and are called later.");
  ask(t("Let {n} people go before you?", { n: PLACES }), words, t("Yes, later"), () => act("postpone", { places: PLACES }));
}

const DEEDS = { cancel: askToCancel, postpone: askToPostpone, rejoin: () => act("rejoin") };

document.querySelectorAll("[data-deed]").forEach((button) => {
  button.addEventListener("click", DEEDS[button.getAttribute("data-deed")]);
});

show(firstState);
showLine("live");
const live = connect({
  surface: "ticket",
  auth: { ticket: page.token },
  url: URL_OF_TICKET,
  first: firstState,
  onState: heard,
  onStatus: (status) => { lineStatus = status; showLine(status); },
  onRefused: () => location.reload(),
});
