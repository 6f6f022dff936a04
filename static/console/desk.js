/* The work itself: the ticket at the counter, its time, and the one button that is the right next step. */
import { page } from "../js/page.js";
import { byId, el, fill, setText } from "../js/dom.js";
import { digits, setDigits } from "../js/digits.js";
import { clockTime, secondsSince, serverNow, timer } from "../js/format.js";
import { inLanguage, t } from "../js/texts.js";
import { lengthText, outcomeText, undoText, waitText, whyText } from "./words.js";

// a second touch that was meant for the step before must not do the next one
const SETTLE_MS = 450;
const COME_S = 60;
const ABSENT_S = 180;
const NEAR = 0.8;

export function nobodyToCall(state) {
  const now = serverNow();
  return state.waiting_total === 0 && !state.parked.some((row) => row.due && Date.parse(row.due) <= now);
}

/* The right next step: which deed, how it is worded, and why it cannot be done now. */
export function nextStep(state) {
  if (state.counter.state === "paused") return { deed: "open", words: t("Open the counter again") };
  if (!state.current) {
    const off = nobodyToCall(state);
    return { deed: "call-next", words: off ? t("Nobody to call") : t("Call next number"), off };
  }
  if (state.current.state === "called") return { deed: "start", words: t("Start serving") };
  return { deed: "finish", words: t("Finish") };
}

export class Desk {
  constructor() {
    this.state = null;
    this.blocked = false;
    this.step = null;
    this.settledAt = 0;
    this.ticketId = null;
    this.drawOutcomes();
  }

  show(state) {
    this.state = state;
    this.header();
    this.ticket();
    this.buttons();
    this.tick();
  }

  may(deed) {
    return this.state !== null && this.state.allowed.indexOf(deed) >= 0;
  }

  block(blocked) {
    this.blocked = blocked;
    if (this.state) this.lock();
  }

  header() {
    const { counter, today } = this.state;
    const open = counter.state === "open";
    setText(byId("desk-name"), t("Counter {n}", { n: counter.number }) + (counter.name ? " · " + counter.name : ""));
    const mark = byId("desk-state");
    mark.hidden = false;
    mark.className = "state " + (open ? "state-ok" : "state-warn");
    setText(mark, open ? t("open") : t("paused"));
    byId("figures").hidden = false;
    const mean = today.mean_handling_s;
    setText(
      byId("figures"),
      mean === null
        ? t("Visits today: {n}", { n: today.visits })
        : t("Visits today: {n} · {mean} each on average", { n: today.visits, mean: lengthText(mean) })
    );
  }

  // -- the ticket ------------------------------------------------------------------------------

  ticket() {
    const { current } = this.state;
    byId("ticket").classList.toggle("ticket-none", !current);
    byId("timer").hidden = !current;
    if (current) this.held(current);
    else this.free();
    if ((current && current.id) !== this.ticketId) this.fresh(current);
  }

  held(current) {
    setText(byId("stage"), current.state === "called" ? t("Called") : t("Being served"));
    const number = byId("number");
    if (number.firstChild && number.firstChild.className === "digits") setDigits(number.firstChild, current.number);
    else fill(number, digits(current.number));
    setText(byId("service"), inLanguage(current.service, "name"));
    fill(byId("badges"), current.priority && el("span", { class: "badge" }, t("Priority") + " · " + inLanguage(current.priority, "name")));
    const facts = [
      [t("Waited"), current.wait_s < 60 ? lengthText(current.wait_s) : waitText(current.wait_s)],
      [t("Number taken at"), clockTime(current.issued_at)],
      [t("Times called"), String(current.calls)],
    ];
    if (current.procedure) facts.push([t("Procedure"), current.procedure.name]);
    fill(byId("facts"), facts.map(([name, words]) => el("div", {}, el("dt", {}, name), el("dd", {}, words))));
    setText(byId("why"), whyText(current));
  }

  free() {
    const { counter, waiting } = this.state;
    const next = waiting[0];
    const paused = counter.state === "paused";
    setText(byId("stage"), paused ? t("The counter is paused") : t("Nobody at the counter"));
    fill(byId("number"));
    const found = next && counter.services.find((one) => one.code === next.service);
    const facts = { number: next && next.number, service: found ? inLanguage(found, "name") : "" };
    setText(byId("service"), next ? t("Next: {number} · {service}", facts) : t("Nobody is waiting."));
    fill(byId("badges"));
    fill(byId("facts"));
    setText(byId("why"), paused ? t("While paused, nobody is called to this counter.") : "");
  }

  /* Another ticket: what was chosen and typed for the one before must not stick to it. */
  fresh(current) {
    this.ticketId = current ? current.id : null;
    this.choose(page.default_outcome);
    byId("dossier").value = byId("note").value = "";
    this.more(false);
    window.scrollTo(0, 0);
  }

  more(open) {
    byId("extras").hidden = !open;
    byId("more").setAttribute("aria-expanded", String(open));
    if (open) byId("dossier").focus();
  }

  // -- the result ------------------------------------------------------------------------------

  drawOutcomes() {
    const chips = page.outcomes.map((code, index) =>
      el(
        "label",
        { class: "chip" },
        el("input", { type: "radio", name: "outcome", value: code }),
        el("span", { class: "chip-words" }, outcomeText(code), " ", el("kbd", { "aria-hidden": "true" }, String(index + 1)))
      )
    );
    fill(byId("outcome-list"), chips);
  }

  choose(code) {
    document.querySelectorAll("input[name=outcome]").forEach((input) => { input.checked = input.value === code; });
  }

  ending() {
    const chosen = document.querySelector("input[name=outcome]:checked");
    const dossier = byId("dossier").value.trim();
    const note = byId("note").value.trim();
    return Object.assign({ outcome: chosen ? chosen.value : null }, dossier && { dossier }, note && { note });
  }

  // -- buttons ---------------------------------------------------------------------------------

  buttons() {
    const { current } = this.state;
    const step = nextStep(this.state);
    if (this.step && step.deed !== this.step.deed) this.settle();
    this.step = step;
    setText(byId("primary-words"), step.words);
    byId("recall").hidden = !this.may("recall");
    byId("no-show").hidden = !this.may("no-show");
    byId("pause").hidden = !this.may("pause");
    byId("close").hidden = !this.may("close");
    byId("outcomes").hidden = byId("more").hidden = step.deed !== "finish";
    byId("desk").classList.toggle("serving", step.deed === "finish");
    if (current) setText(byId("recall-count"), t("({n} times so far)", { n: current.calls }));
    this.lock();
  }

  settle() {
    this.settledAt = performance.now() + SETTLE_MS;
    setTimeout(() => this.lock(), SETTLE_MS + 10);
  }

  lock() {
    const settling = performance.now() < this.settledAt;
    const primary = byId("primary");
    primary.classList.toggle("settling", settling && !this.blocked && !this.step.off);
    primary.disabled = this.blocked || settling || Boolean(this.step.off);
    ["recall", "no-show", "pause", "close", "more", "undo", "doubt-confirm"].forEach((id) => { byId(id).disabled = this.blocked; });
    byId("outcomes").disabled = this.blocked;
    document.querySelectorAll(".row-live").forEach((row) => { row.disabled = this.blocked; });
  }

  // -- every second ----------------------------------------------------------------------------

  tick() {
    if (!this.state) return;
    this.undo();
    if (this.state.current) this.time(this.state.current);
    else if (this.step.off !== nextStep(this.state).off) this.buttons();
  }

  undo() {
    const { undo } = this.state;
    const seconds = undo ? Math.ceil((Date.parse(undo.until) - serverNow()) / 1000) : 0;
    byId("undo").hidden = seconds < 1;
    if (seconds > 0) setText(byId("undo-words"), undoText(undo, seconds));
  }

  time(current) {
    const serving = current.state === "serving";
    const seconds = serving ? secondsSince(current.started_at) - current.parked_s : secondsSince(current.called_at);
    setDigits(byId("timer-digits"), timer(seconds));
    const [level, words] = serving ? serveTime(seconds, current.target_s) : callTime(seconds);
    byId("timer").className = "timer timer-" + level;
    setText(byId("timer-words"), words);
  }
}

function serveTime(seconds, target) {
  const minutes = Math.round(target / 60);
  if (seconds >= target) return ["over", t("over the target of {minutes} min", { minutes })];
  if (seconds >= target * NEAR) return ["near", t("close to the target of {minutes} min", { minutes })];
  return ["well", t("being served · target {minutes} min", { minutes })];
}

function callTime(seconds) {
  if (seconds >= ABSENT_S) return ["over", t("since the last call · not here yet, may be recorded as absent")];
  if (seconds >= COME_S) return ["near", t("since the last call · not here yet, may be called again")];
  return ["well", t("since the last call")];
}
