/* The officer's counter: what the live state, the officer's presses and the line to the server make of the screen. */
import { firstState, page } from "../js/page.js";
import { deed } from "../js/api.js";
import { byId, setText } from "../js/dom.js";
import { setDigits } from "../js/digits.js";
import { clockTime, dayMonthYear, serverNow } from "../js/format.js";
import { connect } from "../js/live.js";
import { t } from "../js/texts.js";
import { ask } from "./ask.js";
import { Chooser } from "./chooser.js";
import { Deeds } from "./deeds.js";
import { Desk } from "./desk.js";
import { listen } from "./keys.js";
import { Side } from "./side.js";

let link = null;
let state = null;
let status = "live";
let retrying = "";

const desk = new Desk();
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
  doubt();
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
    : t("Counter {n} is now held by {officer}.", { n: number, officer: officer ? officer.name : t("a program") });
  choose(words);
}

function choose(words, counters) {
  if (link) link.close();
  link = state = null;
  desk.state = null;
  byId("desk").hidden = true;
  ["desk-state", "figures", "pause", "close", "doubt"].forEach((id) => { byId(id).hidden = true; });
  setText(byId("desk-name"), t("Choose a counter"));
  document.title = t("Choose a counter");
  chooser.show(counters, words);
}

function doubt() {
  byId("doubt").hidden = !state.day.doubt;
  if (!state.day.doubt) return;
  const now = serverNow();
  setText(byId("doubt-words"), t("The server's clock may be wrong: it says {time} on {date}. Please check the date; if it is wrong, call the IT person.", { time: clockTime(now), date: dayMonthYear(now) }));
}

function say(words, kind) {
  const box = byId("words");
  box.hidden = !words;
  box.className = "words notice notice-" + (kind || "warn");
  setText(box, words);
}

// -- the line to the server ----------------------------------------------------------------------

function isBlocked() {
  return deeds.busy || status === "lost";
}

function onStatus(word) {
  status = word;
  line();
  desk.block(isBlocked());
}

function line() {
  const box = byId("line");
  const words = retrying || (status === "lost" && t("No connection to the server. The buttons are locked; this page reconnects by itself."))
    || (status === "stale" && t("The live line is down; this page asks the server every few seconds instead."));
  box.hidden = !words;
  box.className = "strip notice " + (status === "stale" && !retrying ? "notice-warn" : "notice-error");
  setText(box, words || "");
}

function busy(on) {
  document.body.classList.toggle("busy", on);
  if (!on) retrying = "";
  line();
  desk.block(isBlocked());
}

function waiting(name, words) {
  retrying = [words, t("No answer yet to “{name}”. Trying again; nothing is done twice.", { name })].filter(Boolean).join(" ");
  line();
}

function unsure(name) {
  say(t("It is not certain whether “{name}” was done. Please look at what is shown before you press again.", { name }), "error");
}

function trouble(error) {
  if (error.status === 401) return location.reload();
  const words = error.detail || t("The server did not answer.");
  if (state) say(words, "warn");
  else chooser.show(null, words);
}

// -- deeds ---------------------------------------------------------------------------------------

function stateUrl(number) {
  return "/api/v1/counters/" + number;
}

/* Says what is seen at the counter, so that another browser's press in between is noticed by the server. */
async function act(name, what, body) {
  if (!state || isBlocked()) return undefined;
  say("");
  const url = stateUrl(state.counter.number);
  const seen = { holding: state.current ? state.current.number : null };
  const plain = ["open", "pause", "close"].indexOf(what) >= 0;
  return deeds.run(name, url + "/" + what, plain ? body : Object.assign(seen, body), url);
}

async function primary() {
  const { deed: what, words } = desk.step;
  const answer = await act(words, what, what === "finish" ? desk.ending() : undefined);
  if (what === "call-next" && answer === null) say(t("Nobody is waiting."), "warn");
}

async function take(number, over) {
  const answer = await deeds.run(t("Open the counter"), stateUrl(number) + "/open", over ? { take: true } : {});
  if (answer) work(answer);
  else chooser.look();
}

async function pick(row, kind) {
  const facts = { number: row.number };
  const words = state.current ? t("{held} is finished with it.", { held: state.current.number }) : t("Out of turn, before those who have waited longer.");
  const title = kind === "parked" ? t("Call {number} back?", facts) : t("Call {number} now?", facts);
  const yes = await ask(title, kind === "parked" && !state.current ? "" : words, [[t("Call {number}", facts), true, true]]);
  if (yes) act(t("Call {number}", facts), kind === "parked" ? "resume" : "call", { number: row.number });
}

async function confirmDay() {
  if (!state || isBlocked()) return;
  const facts = { date: dayMonthYear(serverNow()) };
  const yes = await ask(t("Is today {date}?", facts), t("Numbers of other days that are still open then expire."), [[t("Yes, today is {date}", facts), true, true]]);
  if (yes) deeds.run(t("The date is right"), "/api/v1/day/confirm", {}, stateUrl(state.counter.number));
}

async function signOut() {
  if (state) {
    const facts = { n: state.counter.number, number: state.current && state.current.number };
    const words = state.current ? t("Counter {n} is open and holds {number}.", facts) : t("Counter {n} is open.", facts);
    const close = state.current ? [] : [[t("Close the counter and sign out"), true, "close"]];
    const choice = await ask(t("Sign out?"), words, close.concat([[t("Sign out and leave it open"), false, "leave"]]));
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
on("recall", () => act(t("Call again"), "recall"));
on("no-show", () => act(t("Absent"), "no-show"));
on("undo", () => act(t("Undo"), "undo"));
on("pause", () => act(t("Pause"), "pause"));
on("close", () => act(t("Close counter"), "close"));
on("more", () => desk.more(byId("extras").hidden));
on("doubt-confirm", confirmDay);
on("sign-out", signOut);
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
