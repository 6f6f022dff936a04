/* The sound check on the boards, and what each board says of its sound. */
import { page } from "../../js/page.js";
import { deed, get } from "../../js/api.js";
import { byId, el, fill, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";
import { wordsOf } from "./words.js";

const LOOK_MS = 3000;
const list = byId("boards");
const said = byId("there-said");
const form = byId("there");
let drawn = "";

/* [words, mark] of one board. */
function stateOf(device) {
  if (!device.speaks) return [t("Kept silent (see Devices)"), "off"];
  const board = device.board;
  if (!device.connected || !board) return [t("Not connected"), "warn"];
  if (board.sound === "blocked") return [t("The browser blocks the sound. Touch the screen once, or start its browser with sound allowed."), "warn"];
  if (board.sound === "off") return [t("This screen's browser can play no sound."), "warn"];
  if (board.sound === "silent") return [t("Without sound"), "off"];
  if (board.sound !== "ready") return [t("Not known yet"), "off"];
  return board.speaker ? [t("Sound is well: this screen speaks."), "ok"] : [t("Sound is well: another screen of the room speaks."), "ok"];
}

function row(device) {
  const [words, mark] = stateOf(device);
  const missing = device.board ? device.board.missing : [];
  return el("li", null,
    el("p", { class: "strong" }, device.name, el("span", { class: "soft board-place" }, device.zone ? page.zones[device.zone] || device.zone : t("The whole branch"))),
    el("p", { class: "state state-" + mark }, words),
    missing.length > 0 && el("p", { class: "error-text" }, t("Recordings that this screen could not load: {names}", { names: missing.join(", ") })));
}

async function look() {
  if (document.visibilityState === "hidden") return;
  let boards;
  try {
    boards = (await get("/api/v1/devices")).items.filter((one) => one.kind === "board");
  } catch (error) {
    return;
  }
  const found = JSON.stringify(boards.map((one) => [one.name, one.zone, one.speaks, one.connected, one.board]));
  if (found === drawn) return;
  drawn = found;
  fill(list, boards.length ? boards.map(row) : el("li", { class: "soft" }, t("No board is paired yet.")));
}

export function drawBoards() {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    setText(said, "");
    const zone = form.elements.zone;
    try {
      await deed("POST", "/api/v1/voice/trial", { zone: zone && zone.value ? zone.value : null }).send();
      setText(said, t("Sent. It is heard within a few seconds."));
    } catch (error) {
      setText(said, wordsOf(error));
    }
    look();
  });
  look();
  setInterval(look, LOOK_MS);
}
