/* What is asked before a deed: why it is set aside or paused, where it goes, which priority. Each gives the deed's body, or null. */
import { el } from "../js/dom.js";
import { serverNow } from "../js/format.js";
import { inLanguage, t } from "../js/texts.js";
import { ask } from "./ask.js";
import { chipGroup, picked } from "./chips.js";
import { pauseText } from "./words.js";

const DUE_MINUTES = [10, 20, 30];

export async function askPark(number) {
  const reasons = [t("Gone to make copies"), t("Fetching papers"), t("Paying the fee"), t("Waiting for a colleague's advice")];
  const other = el("input", { id: "park-other", class: "input", maxlength: "200", autocomplete: "off" });
  const due = [["", t("No fixed time"), null]].concat(DUE_MINUTES.map((n) => [String(n), t("In {n} min", { n }), null]));
  const body = [
    chipGroup("park-reason", t("Why"), reasons.map((words, index) => [words, words, index + 1]), "", true),
    el("label", { class: "field" }, el("span", {}, t("Another reason")), other),
    chipGroup("park-due", t("Call again by itself"), due, ""),
  ];
  if (!(await ask(t("Set {number} aside", { number }), "", [[t("Set {number} aside", { number }), true, true]], body))) return null;
  const reason = other.value.trim() || picked("park-reason");
  const minutes = Number(picked("park-due"));
  return Object.assign(
    reason ? { reason } : {},
    minutes ? { due: new Date(serverNow() + minutes * 60000).toISOString() } : {}
  );
}

export function askPause(reasons) {
  const choices = reasons.map((code) => [pauseText(code), false, { reason: code }]);
  return ask(t("Why is the counter paused?"), "", choices.concat([[t("No reason given"), false, {}]]));
}

function atCounter(counter) {
  const who = counter.officer ? counter.officer.name : t("a program");
  return counter.state === "paused" ? t("{name} · paused", { name: who }) : who;
}

function serviceNote(service) {
  if (!service.counters.length) return t("no counter at work");
  return t("{n} waiting · counter {counters}", { n: service.waiting, counters: service.counters.join(", ") });
}

/* Where a ticket may go: whoever is at work, and the services that take people. */
function targets(choices, current) {
  const services = choices.services.filter((one) => !one.paused && one.code !== current.service.code);
  const staffed = (one) => (one.counters.length ? 0 : 1);
  services.sort((a, b) => staffed(a) - staffed(b));
  const officers = choices.counters.filter((one) => one.officer);
  return [].concat(
    services.length ? [t("To a service")] : [],
    services.map((one) => [inLanguage(one, "name"), false, { service: one.code }, serviceNote(one)]),
    choices.counters.length ? [t("To a counter")] : [],
    choices.counters.map((one) => [t("Counter {n}", { n: one.number }), false, { counter: one.number, at: one }, atCounter(one)]),
    officers.length ? [t("To an officer")] : [],
    officers.map((one) => [one.officer.name, false, { officer: one.officer.id, at: one }, t("Counter {n}", { n: one.number })])
  );
}

export async function askTarget(choices, current, refusal) {
  const facts = { number: current.number };
  const words = refusal || (choices.counters.length ? "" : t("No other counter is at work now."));
  const target = await ask(t("Transfer {number} to", facts), words, targets(choices, current));
  if (!target || !target.at || target.at.services.indexOf(current.service.code) >= 0) return plain(target);
  const served = choices.services.filter((one) => !one.paused && target.at.services.indexOf(one.code) >= 0);
  const n = target.at.number;
  const title = t("Counter {n} does not serve {service}. Which service does {number} go to?", { n, service: inLanguage(current.service, "name"), number: current.number });
  const service = await ask(title, "", served.map((one) => [inLanguage(one, "name"), false, one.code]));
  return service && Object.assign(plain(target), { service });
}

function plain(target) {
  if (!target) return null;
  const { at, ...body } = target;
  return body;
}

export function askPriority(priorities, ticket) {
  const held = ticket.priority && ticket.priority.code;
  const classes = priorities.filter((one) => one.code !== held).map((one) => [inLanguage(one, "name"), false, { class: one.code }]);
  const words = held ? t("Now: {priority}", { priority: inLanguage(ticket.priority, "name") }) : t("Please look at the paper that proves it.");
  const none = held ? [[t("Take the priority away"), false, { class: null }]] : [];
  return ask(t("Priority of {number}", { number: ticket.number }), words, classes.concat(none));
}

/* What to do with one who waits or was set aside: "call", "resume", "present", "priority", "reprint", "cancel". */
export function askRow(row, kind, state) {
  const facts = { number: row.number };
  const may = (deed) => state.allowed.indexOf(deed) >= 0;
  const parked = kind === "parked";
  const choices = [];
  if (parked && may("resume")) choices.push([t("{number} is here: serve now", facts), true, "present"]);
  if (parked && may("resume")) choices.push([t("Call {number}", facts), false, "resume"]);
  if (!parked && may("call")) choices.push([t("Call {number}", facts), true, "call"]);
  choices.push([t("Grant or take away priority"), false, "priority"], [t("Print the slip again"), false, "reprint"], [t("Has left: cancel {number}", facts), false, "cancel"]);
  const calls = may(parked ? "resume" : "call");
  const held = state.current && calls ? t("{held} is finished with it.", { held: state.current.number }) : "";
  const first = state.next && state.next.number === row.number;
  const turn = parked || !calls || first ? "" : t("Out of turn, before those who have waited longer.");
  const title = parked ? t("{number}, set aside", facts) : t("{number}, waiting", facts);
  return ask(title, held || turn, choices);
}

export function askCancel(number) {
  return ask(t("Cancel {number}?", { number }), t("Only when its holder has left. This cannot be undone."), [[t("Cancel {number}", { number }), true, true]]);
}

/* Before signing out with an open counter: "close", "leave", or null to stay. */
export function askLeave({ counter, current }) {
  const facts = { n: counter.number, number: current && current.number };
  const words = current ? t("Counter {n} is open and holds {number}.", facts) : t("Counter {n} is open.", facts);
  const close = current ? [] : [[t("Close the counter and sign out"), true, "close"]];
  return ask(t("Sign out?"), words, close.concat([[t("Sign out and leave it open"), false, "leave"]]));
}
