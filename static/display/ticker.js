/* One line at the foot: what staff have to say first, then the branch's own lines, one after another. A line too long
   for the screen moves slowly, once each turn; it rests while a new call is marked. Times are shown milliseconds. */
import { byId, setText } from "../js/dom.js";
import { inLanguage } from "../js/texts.js";
import { rem } from "./look.js";

const LEAST_MS = 8000;
const LETTER_MS = 110;
// how long its beginning and its end stand still, and how fast it moves between them
const REST_MS = 3000;
const REM_A_SECOND = 5;
// of a page's width, so that a word cut at its end is whole on the next
const PAGE = 0.8;
// calls that follow one another without a break do not keep a line for ever
const MOST_HELD_MS = 30000;

let lines = [];
let shown = null;
let looks = "";
let spent = 0;
let held = 0;
let turn = { ms: LEAST_MS, far: 0, pages: 1 };
let page = 0;
let wide = 0;

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

export function takeTicker(state) {
  const known = lines.map((line) => line.id);
  lines = state.ticker;
  byId("ticker").hidden = !lines.length;
  const news = lines.find((line) => line.urgent && known.indexOf(line.id) < 0);
  const current = lines.find((line) => shown && line.id === shown.id);
  show(news || current || lines[0] || null);
}

/* ms: since the last step; isHeld: a new call is marked. */
export function stepTicker(ms, isHeld) {
  if (!shown) return;
  held = isHeld ? held + ms : 0;
  const isPaused = isHeld && held < MOST_HELD_MS;
  byId("ticker-words").classList.toggle("paused", isPaused);
  if (wide !== room()) begin();
  if (!isPaused) spent += ms;
  if (spent >= turn.ms) next();
  else if (turn.pages > 1) turnPage(Math.min(turn.pages - 1, Math.floor((spent * turn.pages) / turn.ms)));
}

function next() {
  const at = lines.findIndex((line) => line.id === shown.id);
  const following = lines[(at + 1) % lines.length];
  if (following.id !== shown.id) show(following);
  else if (turn.far > 0) begin();
  else spent = 0;
}

function show(line) {
  const fresh = line ? [line.id, line.urgent, inLanguage(line, "words")].join("\n") : "";
  shown = line;
  if (fresh === looks) return;
  looks = fresh;
  if (!line) return;
  byId("ticker").classList.toggle("is-urgent", line.urgent);
  byId("ticker-kind").hidden = !line.urgent;
  setText(byId("ticker-words"), inLanguage(line, "words"));
  begin();
}

function room() {
  return byId("ticker-window").clientWidth;
}

/* The line from its beginning: how long it stands, how far it has to move. */
function begin() {
  const words = byId("ticker-words");
  wide = room();
  spent = 0;
  page = 0;
  words.classList.remove("moving");
  words.style.transform = "";
  const far = Math.max(0, Math.ceil(words.offsetWidth - wide));
  const read = Math.max(LEAST_MS, words.textContent.length * LETTER_MS);
  if (!far || !wide) turn = { ms: read, far: 0, pages: 1 };
  else if (still.matches) turn = paged(far, words.textContent.length);
  else turn = { ms: move(words, far) + 2 * REST_MS, far, pages: 1 };
}

function paged(far, letters) {
  const pages = 1 + Math.ceil(far / (wide * PAGE));
  return { ms: Math.max(pages * LEAST_MS, letters * LETTER_MS), far, pages };
}

function turnPage(to) {
  if (to === page) return;
  page = to;
  byId("ticker-words").style.transform = "translateX(" + -Math.min(turn.far, Math.round(page * wide * PAGE)) + "px)";
}

function move(words, far) {
  const ms = (far / (REM_A_SECOND * rem())) * 1000;
  words.style.setProperty("--far", -far + "px");
  words.style.animationDuration = ms + "ms";
  words.style.animationDelay = REST_MS + "ms";
  void words.offsetWidth;
  words.classList.add("moving");
  return ms;
}
