/* Times in the branch's zone by the server's clock: a kiosk's or a TV's own clock is often wrong. */
import { t, language } from "./texts.js";

let zoneMinutes = 420;
let serverAt = Date.now();
let measuredAt = performance.now();

export function setZone(minutes) {
  if (typeof minutes === "number") zoneMinutes = minutes;
}

export function setServerNow(iso) {
  const at = Date.parse(iso);
  if (!isNaN(at)) {
    serverAt = at;
    measuredAt = performance.now();
  }
}

/* Milliseconds since 1970, UTC. */
export function serverNow() {
  return serverAt + (performance.now() - measuredAt);
}

function two(n) {
  return (n < 10 ? "0" : "") + n;
}

/* A Date whose UTC fields read as the branch's local time. */
function local(when) {
  const at = typeof when === "string" ? Date.parse(when) : when;
  return new Date(at + zoneMinutes * 60000);
}

export function clockTime(when, withSeconds) {
  const at = local(when);
  const minutes = two(at.getUTCHours()) + ":" + two(at.getUTCMinutes());
  return withSeconds ? minutes + ":" + two(at.getUTCSeconds()) : minutes;
}

export function dayMonth(when) {
  const at = local(when);
  return two(at.getUTCDate()) + "/" + two(at.getUTCMonth() + 1);
}

export function dayMonthYear(when) {
  return dayMonth(when) + "/" + local(when).getUTCFullYear();
}

export function weekday(when) {
  const names = [
    t("Sunday"), t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday"), t("Saturday"),
  ];
  return names[local(when).getUTCDay()];
}

export function sameDay(a, b) {
  return dayMonthYear(a) === dayMonthYear(b);
}

/* The wait as a range, worded as queueing.texts.duration_range words it; null is "too early to tell".
   bare leaves "about" out, where room is short and the place says so. */
export function estimateText(estimate, bare) {
  if (!estimate) return t("too early to tell");
  const low = Math.floor(estimate.low / 60);
  const high = Math.max(Math.ceil(estimate.high / 60), 1);
  if (low < 1) return t("less than {high} min", { high });
  const range = low === high ? String(low) : low + "–" + high;
  return bare ? t("{range} min", { range }) : t("about {range} min", { range });
}

/* 432 → "7:12", 4005 → "1:06:45": for timers, inside digit boxes. */
export function timer(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const rest = two(Math.floor((whole % 3600) / 60)) + ":" + two(whole % 60);
  return hours ? hours + ":" + rest : rest;
}

export function secondsSince(iso) {
  return (serverNow() - Date.parse(iso)) / 1000;
}

export function count(n) {
  return String(n).replace(/\B(?=(\d{3})+$)/g, language() === "vi" ? "." : ",");
}
