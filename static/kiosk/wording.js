/* Sentences that more than one kiosk screen says. */
import { t, inLanguage } from "../js/texts.js";
import { estimateText } from "../js/format.js";

export function people(n) {
  return t("{n} waiting", { n });
}

/* On a tile the range stands alone: its place says what it is. */
export function shortRange(estimate) {
  return estimateText(estimate, true);
}

/* "Hộ tịch – Chứng thực" breaks after its dash, never inside a word pair. */
export function nameParts(service) {
  const parts = serviceName(service).split(" – ");
  return parts.map((part, i) => (i < parts.length - 1 ? part + " –" : part));
}

export function aheadText(ahead) {
  if (ahead === 0) return t("You are next in line");
  return ahead === 1 ? t("1 person before you") : t("{n} people before you", { n: ahead });
}

export function where(service) {
  const counters = service.counters || [];
  const place = counters.length === 0 ? "" : counters.length === 1
    ? t("Counter {numbers}", { numbers: counters[0] })
    : t("Counters {numbers}", { numbers: counters.join(", ") });
  return [place, service.zone].filter(Boolean).join(" · ");
}

export function printerTrouble(cause) {
  if (cause === "paper_out") return t("The printer is out of paper.");
  if (cause === "cover_open") return t("The printer's cover is open.");
  return t("The printer is not working.");
}

/* Where the slip is, or will be: at the kiosk itself unless another printer has taken over. */
export function paperPlace(elsewhere, isOut) {
  if (elsewhere && isOut) return t("Please take your slip at: {printer}", { printer: elsewhere });
  if (elsewhere) return t("Slips are printed at: {printer}", { printer: elsewhere });
  return isOut ? t("Please take your slip") : t("Printing your slip…");
}

export function noPaper() {
  return t("This kiosk prints no paper.");
}

export function stillValid(hasCode) {
  if (!hasCode) return t("Your number is valid: please remember it.");
  return t("Your number is valid: please remember it or scan the code.");
}

export function serviceName(service) {
  return inLanguage(service, "name");
}
