/* A new screen: shows its code, asks until somebody has confirmed it, then opens the page it came for.
   Old TVs run this too (ES2017). The device's cookie comes with the answer; scripts never see it. */
import "../js/page.js";
import { deed, pause } from "../js/api.js";
import { byId } from "../js/dom.js";
import { t } from "../js/texts.js";
import { say, wordsOf } from "./form.js";

const ASK_MS = 2000;
const RETRY_MS = 5000;
const shown = byId("code");

function left(until) {
  return Math.max(0, Math.round((until - performance.now()) / 60000));
}

async function state(pairing) {
  const response = await fetch("/api/v1/pairings/" + pairing.code, {
    headers: { Accept: "application/json", "X-Pairing-Secret": pairing.secret },
    credentials: "same-origin",
    cache: "no-store",
  });
  // an unknown code has run out; anything else may pass
  if (response.status === 404 || response.status === 409) return "over";
  if (!response.ok) return "waiting";
  return (await response.json()).state;
}

/* The same code for a camera, where phones reach the server at all. */
function drawQr(qr) {
  byId("scan").hidden = !qr;
  if (!qr) return;
  byId("qr").setAttribute("viewBox", "0 0 " + qr.size + " " + qr.size);
  byId("qr").firstChild.setAttribute("d", qr.path);
}

async function ask() {
  const pairing = await deed("POST", "/api/v1/pairings", { kind: shown.dataset.kind }).send();
  say("");
  shown.textContent = pairing.code.slice(0, 4) + "-" + pairing.code.slice(4);
  drawQr(pairing.qr);
  // the screen's own clock may be wrong, so the ten minutes are measured, not compared
  const until = performance.now() + 10 * 60000;
  while (performance.now() < until) {
    await pause(ASK_MS);
    byId("left").textContent = t("The code is good for about {n} more minutes; then a new one appears.", { n: left(until) });
    const now = await state(pairing).catch(() => "waiting");
    if (now === "paired") {
      location.reload();
      return true;
    }
    if (now === "over") return false;
  }
  return false;
}

async function run() {
  for (;;) {
    try {
      if (await ask()) return;
    } catch (error) {
      say(wordsOf(error));
      await pause(RETRY_MS);
    }
  }
}

run();
