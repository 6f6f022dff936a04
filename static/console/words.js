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

export function whyText(current) {
  const minutes = Math.floor((current.why_waited_s || 0) / 60);
  const words = {
    due: t("set aside until now"),
    priority: t("priority, waited {minutes} min", { minutes }),
    own_service: t("this counter's own service, waited {minutes} min", { minutes }),
    longest: t("longest wait: {minutes} min", { minutes }),
    only: t("the only one waiting, {minutes} min", { minutes }),
    chosen: t("chosen by the officer, waited {minutes} min", { minutes }),
    resumed: t("was set aside"),
  };
  const why = words[current.why_rule] || current.why;
  return why ? t("Why this number: {why}", { why }) : "";
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
