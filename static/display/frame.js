/* Around the calls: name, clock, hotline, and how the line to the server is. */
import { byId, setText } from "../js/dom.js";
import { setDigits } from "../js/digits.js";
import { t } from "../js/texts.js";
import { clockTime, dayMonthYear, serverNow, weekday } from "../js/format.js";

const WORDS = {
  live: () => t("Up to date"),
  stale: () => t("Slow line, updated every few seconds"),
  lost: () => t("Not up to date"),
};
const LOOK = { live: "state-ok", stale: "state-warn", lost: "state-warn" };

/* Closed, and the last of those who waited has been called. */
export function isOver(state) {
  return !state.open && !state.waiting.some((service) => service.waiting > 0);
}

export function drawFrame(state) {
  setText(byId("branch"), state.branch.name);
  setText(byId("zone"), state.zone ? state.zone.name : "");
  byId("zone").hidden = !state.zone;
  setText(byId("hotline"), state.branch.hotline || "");
  byId("hotline-line").hidden = !state.branch.hotline;
  byId("doors").hidden = state.open || isOver(state);
}

export function drawClock(now) {
  setDigits(byId("clock"), clockTime(now, true));
  setText(byId("today"), weekday(now) + ", " + dayMonthYear(now));
}

/* heardAt: when the server last said anything, by this screen's own clock. */
export function drawLine(state, status, heardAt) {
  const at = clockTime(serverNow() - (Date.now() - heardAt), true);
  const mark = byId("line");
  mark.className = "line state " + LOOK[status];
  setText(mark, WORDS[status]());
  setDigits(byId("heard"), at);
  byId("lost").hidden = status !== "lost";
  byId("heard").hidden = status === "lost";
  byId("waiting").hidden = status === "lost" || isOver(state);
  if (status === "lost") setText(byId("lost-since"), t("This board was last up to date at {time}.", { time: at }));
  document.body.setAttribute("data-line", status);
}
