/* How this screen shows what it shows: the branch's choice, unless this one TV's address says otherwise
   (/board?layout=table&theme=dark). */
import { page } from "../js/page.js";

const LAYOUTS = ["one", "table"];
const THEMES = ["light", "dark"];

// of Be Vietnam Pro, in em; what is called is read from five metres at 61 mm, which on a 43″ screen are these rem
const CAPITAL = 0.74;
const READABLE_MM = 61;
const LEAST_REM = 10.5;
const MOST_REM = 15;

const query = new URLSearchParams(location.search);

function asked(name, known) {
  const word = query.get(name);
  return known.indexOf(word) >= 0 ? word : "";
}

export function layoutOf(state) {
  return asked("layout", LAYOUTS) || state.look.layout;
}

export function drawTheme(state) {
  const theme = asked("theme", THEMES) || state.look.theme;
  document.documentElement.classList.toggle("theme-dark", theme === "dark");
}

/* CSS pixels. */
export function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/* The least font size of a called number, in rem: by this screen's own millimetres where they are known. */
export function least() {
  if (!page.mm) return LEAST_REM;
  return Math.min(MOST_REM, (READABLE_MM * page.mm) / CAPITAL / rem());
}

/* The room inside a node, in rem. */
export function room(node) {
  const one = rem();
  return { wide: node.clientWidth / one, high: node.clientHeight / one };
}

/* How wide a node's words are, in em of its own type. They must stand in one line. */
export function emWidth(node) {
  return node.getBoundingClientRect().width / parseFloat(getComputedStyle(node).fontSize);
}

/* What a size was reckoned from; it is reckoned anew only when this changes. A font that comes late changes it too. */
export function sizeKey(node, more) {
  const fonts = document.fonts ? document.fonts.status : "";
  return [node.clientWidth, node.clientHeight, rem(), fonts].concat(more).join("|");
}
