/* Outside opening hours, once nobody is left: a dim clock that wanders, or nothing at all. */
import { byId, setText } from "../js/dom.js";
import { setDigits } from "../js/digits.js";
import { clockTime, dayMonthYear, weekday } from "../js/format.js";
import { isOver } from "./frame.js";
import { opening } from "./place.js";

const MINUTE_MS = 60000;
// where the clock stands in turn, in parts of the free room: no spot of the screen is lit for long
const SPOTS = [[0.5, 0.5], [0.1, 0.2], [0.8, 0.7], [0.3, 0.9], [0.9, 0.1], [0.2, 0.6], [0.7, 0.3], [0.4, 0], [1, 0.5], [0, 1], [0.6, 0.8]];

/* Whoever is still being called or served, or told something urgent, needs the day's board. */
export function isNight(state) {
  if (state.look.night === "off" || !isOver(state)) return false;
  const isBusy = state.calls.some((call) => call.state === "called" || call.state === "serving");
  return !isBusy && !state.ticker.some((line) => line.urgent);
}

export function drawNight(state, now) {
  const night = byId("night");
  const isOn = isNight(state);
  if (night.hidden === isOn) night.hidden = !isOn;
  document.body.classList.toggle("asleep", isOn);
  byId("night-words").hidden = state.look.night === "dark";
  if (!isOn || state.look.night === "dark") return;
  setDigits(byId("night-clock"), clockTime(now));
  setText(byId("night-today"), weekday(now) + ", " + dayMonthYear(now));
  setText(byId("night-opens"), opening(state.opens_at));
  const spot = SPOTS[Math.floor(now / MINUTE_MS) % SPOTS.length];
  const words = byId("night-words");
  const free = [night.clientWidth - words.offsetWidth, low(night) - words.offsetHeight];
  words.style.transform = "translate(" + Math.max(0, Math.round(free[0] * spot[0])) + "px, " + Math.max(0, Math.round(free[1] * spot[1])) + "px)";
}

/* How far down the clock may stand: above the place to touch for sound, which stays where it is. */
function low(night) {
  const button = byId("enable");
  return button.hidden ? night.clientHeight : button.getBoundingClientRect().top;
}
