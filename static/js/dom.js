/* el("p", {class: "soft", hidden: true, onclick: f}, "words", node…): a node without innerHTML, so no text is ever markup. */
const SVG = "http://www.w3.org/2000/svg";

function put(node, attrs, children) {
  Object.keys(attrs || {}).forEach((name) => {
    const value = attrs[name];
    if (value === null || value === undefined || value === false) return;
    if (name.slice(0, 2) === "on") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  });
  children.forEach((child) => {
    if (Array.isArray(child)) put(node, null, child);
    else if (child !== null && child !== undefined && child !== false) node.append(child);
  });
  return node;
}

export function el(tag, attrs, ...children) {
  return put(document.createElement(tag), attrs, children);
}

/* An icon of one or more strokes on a 24 × 24 grid; always beside words, so hidden from readers. */
export function icon(name, ...paths) {
  const svg = document.createElementNS(SVG, "svg");
  put(svg, { viewBox: "0 0 24 24", class: "icon icon-" + name, "aria-hidden": "true", focusable: "false" }, []);
  paths.forEach((d) => svg.append(put(document.createElementNS(SVG, "path"), { d }, [])));
  return svg;
}

export function fill(node, ...children) {
  while (node.firstChild) node.removeChild(node.firstChild);
  return put(node, null, children);
}

/* Writes only what changed: a live region must not speak again, a selection must not be lost. */
export function setText(node, words) {
  if (node && node.textContent !== words) node.textContent = words;
}

export function byId(id) {
  return document.getElementById(id);
}
