/* What the server put into the page: settings and the first state. ES2017, like all of static/js. */
import { setLanguage } from "./texts.js";
import { setServerNow, setZone } from "./format.js";

function block(id) {
  const node = document.getElementById(id);
  return node ? JSON.parse(node.textContent) : null;
}

export const page = block("page") || {};
export const firstState = block("state");

setLanguage(page.language || document.documentElement.lang || "vi");
setZone(page.zone_minutes);
if (firstState && firstState.now) setServerNow(firstState.now);
if (page.mm) document.documentElement.style.setProperty("--mm", page.mm + "px");
