/* The officer's counter: what the live state, the officer's presses and the line to the server make of the screen. */
import { firstState, page } from "../js/page.js";
import { deed, get } from "../js/api.js";
import { byId, setText } from "../js/dom.js";
import { setDigits } from "../js/digits.js";
import { clockTime, serverNow } from "../js/format.js";
import { connect } from "../js/live.js";
import { t } from "../js/texts.js";
import { ask } from "./ask.js";
import { Chooser } from "./chooser.js";
import { askDay, showDoubt } from "./day.js";
import { Deeds } from "./deeds.js";
import { Desk } from "./desk.js";
import { listen } from "./keys.js";
import { Line } from "./line.js";
import { say } from "./say.js";
import { askCancel, askLeave, askPark, askPause, askPriority, askRow, askTarget } from "./sheets.js";
import { Side } from "./side.js";

let link = null;
let state = null;
let refusal = null;

const desk = new Desk();
const line = new Line();
const side = new Side(pick);
const deeds = new Deeds({ state: accept, busy, trouble, waiting, unsure });
const chooser = new Chooser({
  take,
  reached: (there) => { onStatus(there ? "live" : "lost"); },
  refused: () => location.reload(),
});

// -- what is shown -------------------------------------------------------------------------------

function accept(fresh) {
  if (state && fresh.counter.number !== state.counter.number) return;
  if (state && fresh.epoch === state.epoch && fresh.seq < state.seq) return;
  if (!fresh.counter.mine) return left(fresh.counter);
  state = fresh;
  desk.show(state);
  side.show(state);
  desk.block(isBlocked());
  showDoubt(state.day);
  document.title = (state.current ? state.current.number : t("{n} waiting", { n: state.waiting_total })) + " · " + t("Counter {n}", { n: state.counter.number });
}

function work(first) {
  chooser.hide();
  byId("desk").hidden = false;
  say("");
  state = null;
  accept(first);
  if (!state) return;
  const { number } = first.counter;
  link = connect({
    surface: "counter",
    auth: { counter: number },
    url: stateUrl(number),
    first,
    onState: accept,
    onStatus,
    onRefused: () => location.reload(),
  });
}

/* The counter is no longer this officer's: closed here or elsewhere, or taken over by somebody. */
function left(counter) {
  const { number, officer } = counter;
  const words = counter.state === "closed" ? t("Counter {n} is closed.", { n: number })
    : t("{officer} has just taken over counter {n}.", { n: number, officer: officer ? officer.name : t("a program") });
  choose(words, null, counter.state !== "closed");
}

function choose(words, counters, urgent) {
  if (link) link.close();
  if (byId("ask").open) byId("ask").close();
  link = state = null;
  desk.state = null;
  byId("desk").hidden = true;
  ["desk-state", "figures", "pause", "close", "doubt"].forEach((id) => { byId(id).hidden = true; });
  setText(byId("desk-name"), t("Choose a counter"));
  document.title = t("Choose a counter");
  chooser.show(counters, words, urgent);
}

// -- the line to the server ----------------------------------------------------------------------

function isBlocked() {
  return deeds.busy || line.isLost;
}

function onStatus(word) {
  line.become(word);
  desk.block(isBlocked());
}

function busy(on) {
  document.body.classList.toggle("busy", on);
  if (!on) line.retry("");
  desk.block(isBlocked());
}

function waiting(name, words) {
  line.retry([words, t("No answer yet to “{name}”. Trying again; nothing is done twice.", { name })].filter(Boolean).join(" "));
}

function unsure(name) {
  say(t("It is not certain whether “{name}” was done. Please look at what is shown before you press again.", { name }), "error");
}

function trouble(error) {
  if (error.status === 401) return location.reload();
  refusal = error;
  const words = error.detail || t("The server did not answer.");
  if (state) say(words, "warn");
  else chooser.show(null, words);
}

// -- deeds ---------------------------------------------------------------------------------------

function stateUrl(number) {
  return "/api/v1/counters/" + number;
}

/* Says what is seen at the counter, so that another browser's press in between is noticed by the server;
   after a question it is what was seen when that was asked. */
async function act(name, what, body) {
  if (!state || isBlocked()) return undefined;
  say("");
  refusal = null;
  const url = stateUrl(state.counter.number);
  const seen = { holding: state.current ? state.current.number : null };
  const plain = ["open", "pause", "close"].indexOf(what) >= 0;
  return deeds.run(name, url + "/" + what, plain ? body : Object.assign(seen, body), url);
}

async function primary() {
  const { deed: what, words } = desk.step;
  if (what === "finish") return finish(words, "finish");
  const answer = await act(words, what);
  if (what === "call-next" && answer === null) say(t("Nobody is waiting."), "warn");
  return undefined;
}

function finish(words, what) {
  if (desk.ending.procedure.unclear) {
    say(t("Please choose the procedure from the list, or empty its field."), "warn");
    byId("procedure").focus();
    return undefined;
  }
  return act(words, what, desk.ending.body());
}

/* What can be chosen now; without an answer the reader is told and nothing opens. */
async function choices() {
  try {
    return await get(stateUrl(state.counter.number) + "/choices");
  } catch (error) {
    if (!error.code) throw error;
    trouble(error);
    return null;
  }
}

async function more() {
  const open = byId("extras").hidden;
  desk.ending.open(open);
  const found = open && (await choices());
  if (found) desk.ending.offer(found.services);
}

async function park() {
  const holding = state.current.number;
  const body = await askPark(holding);
  if (body) act(t("Set aside"), "park", Object.assign(body, { holding }));
}

async function transfer(words) {
  const { current } = state;
  const found = await choices();
  if (!found || !isAt(current)) return;
  const body = await askTarget(found, current, words);
  if (!body) return;
  await act(t("Transfer"), "transfer", Object.assign(body, { holding: current.number }));
  // somebody closed meanwhile: who is open now
  if (refusal && refusal.code.indexOf("target_") === 0 && isAt(current)) await transfer(refusal.detail);
}

function isAt(ticket) {
  return state !== null && state.current !== null && state.current.id === ticket.id;
}

async function pause() {
  const body = await askPause(page.pause_reasons);
  if (body) act(t("Pause"), "pause", body);
}

async function priority(ticket) {
  const found = await choices();
  const body = found && (await askPriority(found.priorities, ticket));
  if (body) onTicket(t("Priority"), ticket.id, "priority", body);
}

/* A deed on a ticket, wherever it is. */
function onTicket(name, id, what, body) {
  if (!state || isBlocked()) return undefined;
  say("");
  return deeds.run(name, "/api/v1/tickets/" + id + "/" + what, body, stateUrl(state.counter.number));
}

async function typed(event) {
  event.preventDefault();
  const number = byId("typed").value.trim();
  if (!number || !state || isBlocked()) return;
  const holding = state.current && state.current.number;
  const words = t("{held} is finished with it.", { held: holding });
  if (holding && !(await ask(t("Call {number} now?", { number }), words, [[t("Call {number}", { number }), true, true]]))) return;
  if (await act(t("Call {number}", { number }), "call", { number, holding })) byId("typed").value = "";
  byId("typed").blur();
}

async function take(number, over) {
  const answer = await deeds.run(t("Open the counter"), stateUrl(number) + "/open", over ? { take: true } : {});
  if (answer) work(answer);
  else chooser.look();
}

async function pick(row, kind) {
  const holding = state.current && state.current.number;
  const what = await askRow(row, kind, state);
  if (!what || !state) return;
  const call = t("Call {number}", { number: row.number });
  if (what === "priority") priority(row);
  else if (what === "reprint") reprint(row);
  else if (what === "cancel") {
    if (await askCancel(row.number)) onTicket(t("Cancel"), row.id, "cancel", {});
  } else if (what === "present") act(call, "resume", { number: row.number, present: true, holding });
  else act(call, what, { number: row.number, holding });
}

async function reprint(row) {
  const answer = await onTicket(t("Print the slip again"), row.id, "reprint", {});
  if (answer) say(t("A further slip of {number} is being printed; it is marked as a reprint.", { number: row.number }), "ok");
}

async function confirmDay() {
  if (!state || isBlocked()) return;
  if (await askDay()) deeds.run(t("The date is right"), "/api/v1/day/confirm", {}, stateUrl(state.counter.number));
}

async function signOut() {
  if (state) {
    const choice = await askLeave(state);
    if (!choice) return;
    if (choice === "close" && !(await act(t("Close counter"), "close"))) return;
  }
  try {
    await deed("DELETE", "/api/v1/session").send();
  } catch (error) {
    if (!error.code) throw error;
    if (error.status !== 401) return trouble(error);
  }
  location.replace("/sign-in?next=/console");
}

function on(id, action) {
  byId(id).addEventListener("click", action);
}

on("primary", primary);
on("finish-next", () => finish(t("Finish and call next"), "finish-and-call-next"));
on("recall", () => act(t("Call again"), "recall"));
on("no-show", () => act(t("Absent"), "no-show"));
on("park", park);
on("transfer", () => transfer(""));
on("priority", () => priority(state.current));
on("undo", () => act(t("Undo"), "undo"));
on("pause", pause);
on("close", () => act(t("Close counter"), "close"));
on("more", more);
on("doubt-confirm", confirmDay);
on("sign-out", signOut);
on("help-open", () => byId("help").showModal());
on("help-close", () => byId("help").close());
byId("onward").addEventListener("change", () => desk.buttons());
byId("typed-form").addEventListener("submit", typed);
listen();

function second() {
  setDigits(byId("clock"), clockTime(serverNow()));
  desk.tick();
}

setInterval(second, 1000);
setInterval(() => side.tick(), 10000);
second();
if (firstState) work(firstState);
else choose("", page.counters);
