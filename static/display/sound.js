/* How the board's voice is, in a word and a sign at the foot; and where to touch when the browser keeps it silent. */
import { byId, el, fill, icon } from "../js/dom.js";
import { t } from "../js/texts.js";

const SPEAKER = "M4 9.5v5h3.5L12 18.5v-13L7.5 9.5Z";
const WAVES = "M15 9.5a3.5 3.5 0 0 1 0 5M17.5 7a7 7 0 0 1 0 10";
const CROSS = "M16 10l4 4M20 10l-4 4";
const WORDS = {
  silent: () => t("Sound is on"),
  speaking: () => t("Speaking"),
  off: () => t("Without sound"),
  other: () => t("Another board speaks"),
};

let drawn = "";
let enable = null;

/* status: {state: "blocked" | "silent" | "speaking" | "off" | "other", onEnable}. The touch is the browser's condition for sound. */
export function drawSound(status) {
  enable = status.onEnable || null;
  if (status.state === drawn) return;
  drawn = status.state;
  const isBlocked = status.state === "blocked";
  const button = byId("enable");
  button.hidden = !isBlocked;
  document.documentElement.classList.toggle("with-pointer", isBlocked);
  byId("sound").hidden = isBlocked;
  if (isBlocked) offer(button);
  else fill(byId("sound"), speaker(status.state), " ", WORDS[status.state]());
}

/* A TV's remote has an OK key and nothing to aim with. */
function offer(button) {
  if (!button.firstChild) fill(button, icon("speaker", SPEAKER, WAVES), el("span", null, t("Touch here to turn the sound on")));
  button.onclick = () => { if (enable) enable(); };
  button.focus();
}

function speaker(state) {
  return icon("speaker", SPEAKER, state === "silent" || state === "speaking" ? WAVES : CROSS);
}
