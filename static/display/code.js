/* The code of the list of procedures, for phones: always dark on white. Its size has the quiet around it that readers need. */
import { byId, fill } from "../js/dom.js";

const SVG = "http://www.w3.org/2000/svg";

let drawn = "";

export function drawCode(state) {
  // it goes with those who wait: without a line to the server it would lead nowhere
  const code = byId("waiting").hidden ? null : state.links.qr;
  const looks = code ? code.size + " " + code.path : "";
  byId("main").classList.toggle("with-code", Boolean(code));
  byId("code").hidden = !code;
  if (looks === drawn) return;
  drawn = looks;
  fill(byId("code-picture"), code && picture(code));
}

function picture(code) {
  const whole = code.size;
  const svg = shape("svg", { viewBox: [0, 0, whole, whole].join(" "), "shape-rendering": "crispEdges", "aria-hidden": "true", focusable: "false" });
  svg.appendChild(shape("path", { d: "M0 0h" + whole + "v" + whole + "h" + -whole + "z", fill: "#ffffff" }));
  svg.appendChild(shape("path", { d: code.path, fill: "#000000" }));
  return svg;
}

function shape(name, attributes) {
  const node = document.createElementNS(SVG, name);
  Object.keys(attributes).forEach((key) => node.setAttribute(key, attributes[key]));
  return node;
}
