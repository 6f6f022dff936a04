/* Numbers whose figures keep their place: the font has no tabular figures. Readers get the plain text. */
const WIDE = "MWQ";
const DIGIT = /[0-9]/;
const THIN = ":.,'′″/ ";

function boxClass(character) {
  if (WIDE.indexOf(character) >= 0) return "wide";
  if (THIN.indexOf(character) >= 0) return "thin";
  return DIGIT.test(character) ? "" : "letter";
}

export function digits(text, extraClass) {
  const node = document.createElement("span");
  node.className = "digits" + (extraClass ? " " + extraClass : "");
  setDigits(node, text);
  return node;
}

/* Changes only the boxes that differ, so a clock's second costs one text node. */
export function setDigits(node, text) {
  const words = String(text);
  if (node.getAttribute("data-text") === words) return;
  node.setAttribute("data-text", words);
  let spoken = node.querySelector(".sr-only");
  let shown = node.querySelector("[aria-hidden]");
  if (!shown) {
    node.textContent = "";
    spoken = document.createElement("span");
    spoken.className = "sr-only";
    shown = document.createElement("span");
    shown.setAttribute("aria-hidden", "true");
    node.appendChild(spoken);
    node.appendChild(shown);
  }
  spoken.textContent = words;
  while (shown.childNodes.length > words.length) shown.removeChild(shown.lastChild);
  for (let i = 0; i < words.length; i += 1) {
    const box = shown.childNodes[i] || shown.appendChild(document.createElement("i"));
    const name = boxClass(words[i]);
    if (box.textContent !== words[i]) box.textContent = words[i];
    if (box.className !== name) box.className = name;
  }
}
