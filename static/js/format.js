/* Times in the branch's zone by the server's clock: a kiosk's or a TV's own clock is often wrong. */
import { t, language } from "./texts.js";

let zoneMinutes = 420;
let serverAt = Date.now();
let measuredAt = performance.now();
let ownAt = serverAt;

export function setZone(minutes) {
  if (typeof minutes === "number") zoneMinutes = minutes;
}

export function setServerNow(iso) {
  const at = Date.parse(iso);
  if (!isNaN(at)) {
    serverAt = at;
    measuredAt = performance.now();
    ownAt = Date.now();
  }
}

// this screen's own clock ran so much further than it counted: its computer slept. Longer, and somebody set the clock
const SLEPT_LEAST_MS = 30000;
const SLEPT_MOST_MS = 14 * 24 * 3600 * 1000;

/* Milliseconds since 1970, UTC. performance.now() stands still while a computer sleeps. */
export function serverNow() {
  const counted = performance.now() - measuredAt;
  const slept = Date.now() - ownAt - counted;
  return serverAt + counted + (slept >= SLEPT_LEAST_MS && slept <= SLEPT_MOST_MS ? slept : 0);
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

/* Outwards to whole minutes, from ten on in steps of five: nobody knows it finer. */
function minutes(seconds, round) {
  const whole = round(seconds / 60);
  return whole >= 10 ? round(whole / 5) * 5 : whole;
}

/* The wait as a range, worded and rounded as queueing.texts.wait_range does; null is "too early to tell".
   bare leaves "about" out, where room is short and the place says so. */
export function estimateText(estimate, bare) {
  if (!estimate) return t("too early to tell");
  const low = minutes(estimate.low, Math.floor);
  const high = minutes(estimate.high, Math.ceil);
  if (high <= 1) return t("almost at once");
  if (low === high) return bare ? t("{high} min", { high }) : t("about {high} min", { high });
  return bare ? t("{low}–{high} min", { low, high }) : t("about {low}–{high} min", { low, high });
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
