/* How boards look: the settings, a sketch of what they do, and whether the number can be read from the last row. */
import { page } from "../../js/page.js";
import { byId, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";

const form = byId("setup");
const names = Object.keys(page.board.settings);

export function settings() {
  const found = {};
  names.forEach((name) => {
    const field = form.elements[name];
    if (field.type === "checkbox") found[name] = field.checked;
    // an empty number is no number: the server says that it is missing
    else found[name] = field.type === "number" ? (field.value === "" ? null : Number(field.value)) : field.value;
  });
  return found;
}

export function putSettings(wanted) {
  names.forEach((name) => {
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = wanted[name];
    else field.value = wanted[name];
  });
}

export function drawSketch() {
  const now = settings();
  const sketch = byId("sketch");
  sketch.classList.toggle("is-table", now.board_layout === "table");
  sketch.classList.toggle("theme-dark", now.board_theme === "dark");
  sketch.classList.toggle("has-panel", now.board_panel);
  sketch.classList.toggle("has-qr", now.board_qr);
  byId("no-panel").hidden = now.board_panel;
}

/* From static/display/: a called number is never smaller than this, in rem, of which a screen's width has 120, and its
   capitals are this part of it. Told the millimetres of its glass (?mm=), the board grows the number up to MOST_REM. */
const LEAST_REM = 10.5;
const MOST_REM = 15;
const CAPITAL = 0.74;
const REM_WIDE = 120;
// capitals of 61 mm are read from 5 m
const MM_A_METRE = 12.2;
const DESIGNED_MM = 61;
const INCH = 25.4;
const WIDTH_OF_DIAGONAL = 16 / Math.sqrt(16 * 16 + 9 * 9);
const USUAL_PIXELS = 1920;

/* What a screen of so many inches is good for: millimetres of glass and of capitals, metres. */
export function reach(inches) {
  const wide = inches * INCH * WIDTH_OF_DIAGONAL;
  const rem = wide / REM_WIDE;
  const least = LEAST_REM * CAPITAL * rem;
  const told = Math.max(least, Math.min(MOST_REM * CAPITAL * rem, DESIGNED_MM));
  return { least, told, metres: least / MM_A_METRE, perMm: USUAL_PIXELS / wide };
}

export function inchesFor(metres) {
  return (metres * MM_A_METRE * REM_WIDE) / (LEAST_REM * CAPITAL) / (INCH * WIDTH_OF_DIAGONAL);
}

function figure(value, digits) {
  return value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
}

export function drawReach() {
  const inches = Number(byId("inches").value);
  const metres = Number(byId("metres").value);
  const said = byId("reach-said");
  if (!(inches >= 10 && inches <= 150 && metres >= 1 && metres <= 30)) {
    said.className = "soft";
    setText(said, t("Please enter the screen's diagonal and the distance."));
    return;
  }
  const found = reach(inches);
  const needed = metres * MM_A_METRE;
  const facts = { inches: figure(inches, 1), metres: figure(metres, 1), mm: figure(found.least, 0), needed: figure(needed, 0), far: figure(found.metres, 1) };
  // half a millimetre nobody sees
  const enough = found.least + 0.5 >= needed;
  said.className = enough ? "notice notice-ok" : "notice notice-warn";
  setText(said, enough ? t("Yes. On {inches} inches the called number is at least {mm} mm tall; from {metres} m it takes {needed} mm.", facts) : tooSmall(facts, found, needed, metres));
}

function tooSmall(facts, found, needed, metres) {
  const words = t("Not everywhere. On {inches} inches the called number may be only {mm} mm tall, good for {far} m; from {metres} m it takes {needed} mm.", facts);
  const larger = t("A screen of {n} inches is enough, or seats nearer to it.", { n: Math.ceil(inchesFor(metres) - 0.5) });
  if (found.told + 0.5 < needed) return words + " " + larger;
  const address = "/board?mm=" + found.perMm.toFixed(2);
  return words + " " + t("Opened as {address} on a screen of 1920 dots, the board keeps the number {mm} mm tall.", { address, mm: figure(found.told, 0) });
}
