/* Pieces that every part of the overview is made of: numbers that lead to their history, running lengths. */
import { el, setText } from "../../js/dom.js";
import { digits } from "../../js/digits.js";
import { secondsSince } from "../../js/format.js";
import { inLanguage, t } from "../../js/texts.js";

export function ticketLink(number, extraClass) {
  const href = "/supervisor/tickets?number=" + encodeURIComponent(number);
  return el("a", { class: "number" + (extraClass ? " " + extraClass : ""), href, "data-focus": "number-" + number }, digits(number));
}

/* 42 s, 7 min, 1 h 05: lengths at a glance, never finer than anybody acts on. */
export function shortLength(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return t("{seconds} s", { seconds: whole });
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return t("{minutes} min", { minutes });
  const rest = minutes % 60;
  return t("{hours} h {minutes}", { hours: Math.floor(minutes / 60), minutes: (rest < 10 ? "0" : "") + rest });
}

export function known(seconds) {
  return seconds === null ? "–" : shortLength(seconds);
}

/* A length that runs on from a moment. */
export function running(since) {
  return since ? el("span", { class: "running", "data-since": since }, shortLength(secondsSince(since))) : "";
}

export function tick() {
  document.querySelectorAll("[data-since]").forEach((node) => {
    setText(node, shortLength(secondsSince(node.getAttribute("data-since"))));
  });
}

export function serviceName(state, code) {
  const found = state.services.find((one) => one.code === code);
  return found ? inLanguage(found, "name") : code;
}

/* Draws a list anew only when it differs: a finger may be on its way to a button. */
const drawn = new WeakMap();

export function redraw(node, value, draw) {
  const key = JSON.stringify(value);
  if (drawn.get(node) === key) return;
  drawn.set(node, key);
  const focus = document.activeElement && node.contains(document.activeElement) ? document.activeElement.getAttribute("data-focus") : null;
  node.replaceChildren(...draw());
  const again = focus && node.querySelector('[data-focus="' + CSS.escape(focus) + '"]');
  if (again) again.focus();
}
