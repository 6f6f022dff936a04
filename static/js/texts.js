/* t(msgid, {n: 4}), the msgid being plain English: the wording in the page's language.
   The server embeds every msgid it finds as the first argument of t in this folder and the page's own,
   so write it as one literal in double quotes. */
let catalogue = null;
let current = "vi";

function load() {
  const node = document.getElementById("texts");
  catalogue = node ? JSON.parse(node.textContent) : {};
}

export function setLanguage(code) {
  current = code;
  document.documentElement.lang = code;
}

export function language() {
  return current;
}

export function t(msgid, params) {
  if (catalogue === null) load();
  const words = (catalogue[current] && catalogue[current][msgid]) || msgid;
  if (!params) return words;
  return words.replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/* Picks name or name_en and the like; Vietnamese is what every row surely has. */
export function inLanguage(row, field) {
  return (current === "vi" ? row[field] : row[field + "_" + current]) || row[field] || "";
}
