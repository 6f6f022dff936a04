/* Swaps what stands in <main>: one screen at a time, its heading focused so that readers say where they are. */
import { byId, fill } from "../js/dom.js";

let shown = "";

export function current() {
  return shown;
}

export function show(name, node) {
  const main = byId("main");
  const moved = shown !== name;
  shown = name;
  document.body.setAttribute("data-screen", name);
  fill(main, node);
  if (!moved) return;
  const heading = main.querySelector("h1");
  if (heading) {
    heading.setAttribute("tabindex", "-1");
    heading.focus({ preventScroll: true });
  }
}

/* A finger that taps twice must not press what has just come up under it. */
export function settledAfter(ms) {
  const from = performance.now();
  return () => performance.now() - from >= ms;
}
