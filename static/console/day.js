/* A date that may be wrong: saying so, and asking whether it is right. */
import { byId, setText } from "../js/dom.js";
import { clockTime, dayMonthYear, serverNow } from "../js/format.js";
import { t } from "../js/texts.js";
import { ask } from "./ask.js";

export function showDoubt(day) {
  byId("doubt").hidden = !day.doubt;
  if (!day.doubt) return;
  const now = serverNow();
  setText(byId("doubt-words"), t("The server's clock may be wrong: it says {time} on {date}. Please check the date; if it is wrong, call the IT person.", { time: clockTime(now), date: dayMonthYear(now) }));
}

export function askDay() {
  const facts = { date: dayMonthYear(serverNow()) };
  return ask(t("Is today {date}?", facts), t("Numbers of other days that are still open then expire."), [[t("Yes, today is {date}", facts), true, true]]);
}
