/* The work itself: the ticket at the counter, its time, and the one button that is the right next step. */
import { byId, el, fill, setText } from "../js/dom.js";
import { digits, setDigits } from "../js/digits.js";
import { clockTime, secondsSince, serverNow, timer } from "../js/format.js";
import { inLanguage, t } from "../js/texts.js";
import { Ending } from "./ending.js";
import { lengthText, pauseText, undoText, waitText, whyText } from "./words.js";

// a second touch that was meant for the step before must not do the next one
const SETTLE_MS = 450;
const COME_S = 60;
const ABSENT_S = 180;
const NEAR = 0.8;

// deed → its button, where a button is there only while its deed is legal
const BUTTONS = { "no-show": "no-show", park: "park", transfer: "transfer", priority: "priority", pause: "pause", close: "close" };
const LOCKED = ["recall", "finish-next", "more", "undo", "doubt-confirm", "typed", "typed-call"].concat(Object.keys(BUTTONS));

function nobodyToCall(state) {
  const now = serverNow();
  return state.waiting_total === 0 && !state.parked.some((row) => row.due && Date.parse(row.due) <= now);
}

/* The right next step: which deed, how it is worded, and why it cannot be done now. */
function nextStep(state, onward) {
  if (state.counter.state === "paused") return { deed: "open", words: t("Open the counter again") };
  if (!state.current) {
    const off = nobodyToCall(state);
    return { deed: "call-next", words: off ? t("Nobody to call") : t("Call next number"), off };
  }
  if (state.current.state === "called" && state.rules.confirm_arrival) return { deed: "start", words: t("Start serving") };
  return { deed: "finish", words: onward ? t("Finish, then on to {service}", { service: inLanguage(onward, "name") }) : t("Finish") };
}

export class Desk {
  constructor() {
    this.state = null;
    this.blocked = false;
    this.step = null;
    this.settledAt = 0;
    this.visit = null;
    this.ending = new Ending();
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
    const reason = pauseText(counter.reason);
    setText(mark, open ? t("open") : [t("paused"), reason].filter(Boolean).join(" · "));
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
    byId("auto").hidden = true;
    if (current) this.held(current);
    else this.free();
    // a number that goes on to a further service is another visit
    const visit = current && current.id + " " + current.enqueued_at;
    if (visit !== this.visit) this.fresh(visit, current);
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
    current.notes.forEach((one) => {
      if (one.dossier) facts.push([t("Dossier"), one.dossier]);
      if (one.note) facts.push([t("Note"), one.note]);
    });
    fill(byId("facts"), facts.map(([name, words]) => el("div", {}, el("dt", {}, name), el("dd", {}, words))));
    setText(byId("why"), whyText(current.why_rule, current.why_facts));
  }

  free() {
    const { counter, next } = this.state;
    const paused = counter.state === "paused";
    const reason = paused && pauseText(counter.reason);
    const rest = reason ? t("The counter is paused: {reason}", { reason }) : t("The counter is paused");
    setText(byId("stage"), paused ? rest : t("Nobody at the counter"));
    fill(byId("number"));
    const found = next && counter.services.find((one) => one.code === next.service);
    const facts = { number: next && next.number, service: found ? inLanguage(found, "name") : "" };
    setText(byId("service"), next ? t("Next: {number} · {service}", facts) : t("Nobody is waiting."));
    fill(byId("badges"));
    fill(byId("facts"));
    const why = next ? whyText(next.why_rule, next.why_facts) : "";
    const since = counter.since ? t("Since {time}. Nobody is called to this counter meanwhile.", { time: clockTime(counter.since) }) : "";
    setText(byId("why"), paused ? since : why);
  }

  /* Another ticket: what was chosen and typed for the one before must not stick to it. */
  fresh(visit, current) {
    if (this.visit !== null && visit !== null) this.settle();
    this.visit = visit;
    this.ending.fresh(current);
    window.scrollTo(0, 0);
  }

  // -- buttons ---------------------------------------------------------------------------------

  buttons() {
    const { current, rules } = this.state;
    const step = nextStep(this.state, this.ending.onward);
    if (this.step && step.deed !== this.step.deed) this.settle();
    this.step = step;
    setText(byId("primary-words"), step.words);
    Object.keys(BUTTONS).forEach((deed) => { byId(BUTTONS[deed]).hidden = !this.may(deed); });
    byId("recall").hidden = !current || current.state !== "called";
    byId("outcomes").hidden = byId("more").hidden = step.deed !== "finish";
    byId("finish-next").hidden = step.deed !== "finish" || !rules.call_next_finishes;
    byId("desk").classList.toggle("serving", step.deed === "finish");
    if (current) setText(byId("recall-count"), recallCount(current, rules.recalls_most));
    this.lock();
  }

  settle() {
    this.settledAt = performance.now() + SETTLE_MS;
    setTimeout(() => { if (this.state) this.lock(); }, SETTLE_MS + 10);
  }

  lock() {
    const settling = performance.now() < this.settledAt;
    const primary = byId("primary");
    primary.classList.toggle("settling", settling && !this.blocked && !this.step.off);
    primary.disabled = this.blocked || settling || Boolean(this.step.off);
    LOCKED.forEach((id) => { byId(id).disabled = this.blocked; });
    byId("recall").disabled = this.blocked || !this.may("recall");
    byId("finish-next").disabled = this.blocked || settling || nobodyToCall(this.state);
    byId("outcomes").disabled = this.blocked;
    document.querySelectorAll("#ask-actions .choice").forEach((button) => { button.disabled = this.blocked; });
    document.querySelectorAll(".row-live").forEach((row) => { row.disabled = this.blocked; });
  }

  // -- every second ----------------------------------------------------------------------------

  tick() {
    if (!this.state) return;
    this.undo();
    if (this.state.current) this.time(this.state.current);
    else this.idle();
  }

  idle() {
    if (this.step.off !== nextStep(this.state).off) this.buttons();
    const at = this.state.auto_call_at;
    byId("auto").hidden = !at;
    const seconds = at ? Math.ceil((Date.parse(at) - serverNow()) / 1000) : 0;
    if (at) setText(byId("auto"), seconds > 0 ? t("Calls the next number by itself in {seconds} s", { seconds }) : t("Calling the next number by itself now"));
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
    const arriving = !serving && this.state.rules.confirm_arrival;
    const [level, words] = arriving ? callTime(seconds) : serveTime(seconds, current.target_s);
    byId("timer").className = "timer timer-" + level;
    setText(byId("timer-words"), words);
  }
}

function recallCount(current, most) {
  return most ? current.recalls + "/" + most : t("({n} times so far)", { n: current.calls });
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
