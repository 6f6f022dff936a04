/* A picture or film in words: how large, how long, when. */
import { page } from "../../js/page.js";
import { language, t } from "../../js/texts.js";

function weekdays() {
  return [t("Mon"), t("Tue"), t("Wed"), t("Thu"), t("Fri"), t("Sat"), t("Sun")];
}

export function sizeWords(bytes) {
  if (bytes < 1024 * 1024) return t("{n} kB", { n: Math.max(1, Math.round(bytes / 1024)) });
  const megabytes = bytes / 1024 / 1024;
  return t("{n} MB", { n: megabytes.toLocaleString(language(), { maximumFractionDigits: megabytes < 10 ? 1 : 0 }) });
}

export function lengthWords(seconds) {
  const whole = Math.round(seconds);
  if (whole < 60) return t("{n} s", { n: whole });
  return t("{minutes} min {seconds} s", { minutes: Math.floor(whole / 60), seconds: whole % 60 });
}

function dayWords(day) {
  return day.slice(8) + "/" + day.slice(5, 7) + "/" + day.slice(0, 4);
}

function daysWords(from, to) {
  if (from && to) return t("from {from} to {to}", { from: dayWords(from), to: dayWords(to) });
  if (from) return t("from {from} on", { from: dayWords(from) });
  return to ? t("until {to}", { to: dayWords(to) }) : "";
}

function timesWords(from, to) {
  if (from && to) return from + "–" + to;
  if (from) return t("from {from} on", { from });
  return to ? t("until {to}", { to }) : "";
}

/* When it is shown, in words; always is the usual thing. */
export function scheduleWords(one) {
  const days = daysWords(one.from_day, one.to_day);
  const times = timesWords(one.from_time, one.to_time);
  const names = weekdays();
  const week = one.weekdays.length === 7 ? "" : Array.from(one.weekdays, (n) => names[Number(n) - 1]).join(", ");
  return [days, week, times].filter(Boolean).join(" · ") || t("always");
}

export function placeWords(one) {
  if (one.zone === null) return page.zones.length ? t("every board") : "";
  return one.zone_retired ? t("boards of {zone} (no longer in use)", { zone: one.zone_name }) : t("boards of {zone}", { zone: one.zone_name });
}

/* [mark, words] of how it stands with it now. */
export function stateWords(one) {
  if (!one.active) return ["off", t("Switched off")];
  if (one.zone_retired) return ["warn", t("On no board")];
  return one.due ? ["ok", t("On the boards now")] : ["warn", t("Not at this time")];
}
