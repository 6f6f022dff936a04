/* What the counter's screen says: results, reasons, lengths of time. */
import { t } from "../js/texts.js";

export function outcomeText(code) {
  const words = {
    received: t("Dossier received"),
    supplement: t("To be supplemented"),
    refused: t("Refused"),
    returned: t("Result handed over"),
    guided: t("Guided"),
    no_show: t("Absent"),
    left: t("Left"),
    transferred: t("Transferred"),
    expired: t("Day ended"),
  };
  return words[code] || code;
}

/* rule and facts as the state gives them: why_rule, why_facts. */
export function whyText(rule, facts) {
  const minutes = Math.floor((facts.waited_s || 0) / 60);
  const words = {
    due: t("set aside until now"),
    priority: t("priority, waited {minutes} min"),
    own_service: t("this counter's own service, waited {minutes} min"),
    turn: t("a priority's turn after {n} ordinary, waited {minutes} min"),
    turn_ordinary: t("an ordinary ticket's turn, waited {minutes} min"),
    credit: t("longest credit: {b} × {minutes} min > {over_b} × {over_minutes} min"),
    longest: t("longest wait: {minutes} min"),
    only: t("the only one waiting, {minutes} min"),
    chosen: t("chosen by the officer, waited {minutes} min"),
    resumed: t("was set aside"),
  };
  const known = Object.assign({}, facts, { minutes, over_minutes: Math.floor((facts.over_s || 0) / 60) });
  const why = (words[rule] || "").replace(/\{(\w+)\}/g, (whole, name) => (name in known ? String(known[name]) : "…"));
  return why ? t("Why this number: {why}", { why }) : "";
}

export function pauseText(code) {
  const words = {
    lunch: t("Lunch"),
    break: t("Short break"),
    meeting: t("Meeting"),
    errand: t("Out on an errand"),
    fault: t("Technical fault"),
  };
  return words[code] || code || "";
}

/* What an undo takes back, as the kind of its event. */
export function undoText(undo, seconds) {
  const words = {
    called: t("call of {number}"),
    resumed: t("call of {number}"),
    recalled: t("second call of {number}"),
    started: t("start with {number}"),
    finished: t("end of {number}"),
    no_show: t("absence of {number}"),
    returned: t("absence of {number}"),
    parked: t("setting aside of {number}"),
    transferred: t("transfer of {number}"),
  };
  const deed = (words[undo.deed] || "{number}").replace("{number}", undo.number || "");
  return t("Undo: {deed} ({seconds} s)", { deed, seconds });
}

/* 460 → "7 min 40 s"; 38 → "38 s" */
export function lengthText(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  const rest = whole % 60;
  if (whole < 60) return t("{seconds} s", { seconds: whole });
  const minutes = Math.floor(whole / 60);
  return rest ? t("{minutes} min {seconds} s", { minutes, seconds: rest }) : t("{minutes} min", { minutes });
}

/* Waits are told in whole minutes: nobody reads seconds in a list. */
export function waitText(seconds) {
  const minutes = Math.floor(Math.max(0, seconds) / 60);
  return minutes < 1 ? t("just came") : t("{minutes} min", { minutes });
}

/* How long somebody has been set aside. */
export function restText(seconds) {
  const minutes = Math.floor(Math.max(0, seconds) / 60);
  return minutes < 1 ? t("just set aside") : t("{minutes} min", { minutes });
}
