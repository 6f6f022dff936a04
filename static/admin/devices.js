/* Pairing a screen, and the paired ones: where they are, whether they may speak, and how they do. */
import { firstState, page } from "../js/page.js";
import { deed, get } from "../js/api.js";
import { byId, el, fill, setText } from "../js/dom.js";
import { clockTime, dayMonthYear } from "../js/format.js";
import { t } from "../js/texts.js";

const LOOK_MS = 5000;
const problem = byId("problem");
const cards = new Map();

function wordsOf(error) {
  if (!error.code) throw error;
  return error.detail || t("The server did not answer. Please try again.");
}

function fail(error) {
  problem.textContent = wordsOf(error);
  problem.hidden = false;
  problem.scrollIntoView({ block: "nearest" });
}

byId("pair").addEventListener("submit", async (event) => {
  event.preventDefault();
  problem.hidden = true;
  const given = new FormData(event.target);
  const code = String(given.get("code")).replace(/[^0-9A-Za-z]/g, "") || "-";
  try {
    const made = await deed("POST", "/api/v1/pairings/" + code + "/confirm", {
      name: given.get("name"),
      zone: given.get("zone") || null,
      counter: given.get("counter") ? Number(given.get("counter")) : null,
    }).send();
    // without the code, which is worth nothing any more
    location.replace(location.pathname + "#device-" + made.id);
    if (!location.search) location.reload();
  } catch (error) {
    fail(error);
  }
});

function place(device) {
  if (device.counter) return t("Counter {n}", { n: device.counter });
  if (device.zone) return page.zones[device.zone] || device.zone;
  return t("The whole branch");
}

function seen(device) {
  if (device.connected) return t("Connected");
  if (!device.seen_at) return t("Never connected yet");
  return t("Not connected, last seen {time} on {date}", { time: clockTime(device.seen_at), date: dayMonthYear(device.seen_at) });
}

/* What a board says of its sound and pictures: [words, is it trouble]. */
function reports(device) {
  const board = device.board;
  if (!board) return [];
  const found = device.speaks ? [sound(board)] : [];
  if (board.missing.length) found.push([t("Recordings that this screen could not load: {names}", { names: board.missing.join(", ") }), true]);
  if (board.unplayable.length) found.push([t("Pictures or films that this screen cannot show: {names}", { names: board.unplayable.join(", ") }), true]);
  return found.filter(Boolean);
}

function sound(board) {
  if (board.sound === "blocked") return [t("The browser blocks the sound. Touch the screen once, or start its browser with sound allowed."), true];
  if (board.sound === "off") return [t("This screen's browser can play no sound."), true];
  if (board.sound === "ready" && board.speaker) return [t("Sound is well: this screen speaks."), false];
  if (board.sound === "ready") return [t("Sound is well: another screen of the room speaks."), false];
  return null;
}

class Card {
  constructor(device) {
    this.device = device;
    this.name = el("h3", {});
    this.facts = el("span", { class: "soft" });
    this.line = el("span", {});
    this.reports = el("ul", { class: "device-sound" });
    this.drawn = "";
    this.box = el("input", { type: "checkbox", onchange: () => this.speak() });
    this.node = el("li", { class: "device", id: "device-" + device.id },
      el("div", {}, this.name, el("p", { class: "device-facts" }, this.facts, this.line), this.reports),
      el("div", { class: "device-deeds" },
        device.kind === "board" && el("label", { class: "speaks" }, this.box, t("May speak")),
        el("button", { class: "button", type: "button", onclick: () => askName(this.device) }, t("Rename")),
        el("button", { class: "button button-danger", type: "button", onclick: () => askSure(this.device) }, t("Revoke"))));
  }

  show(device) {
    this.device = device;
    setText(this.name, device.name);
    setText(this.facts, page.kinds[device.kind] + " · " + place(device));
    setText(this.line, seen(device));
    this.line.className = "state " + (device.connected ? "state-ok" : "state-off");
    if (!this.box.disabled) this.box.checked = device.speaks;
    const found = reports(device);
    if (JSON.stringify(found) === this.drawn) return;
    this.drawn = JSON.stringify(found);
    fill(this.reports, found.map(([words, trouble]) => el("li", { class: trouble && "is-trouble" }, words)));
  }

  async speak() {
    const wanted = this.box.checked;
    this.box.disabled = true;
    try {
      await deed("PUT", "/api/v1/devices/" + this.device.id + "/speaks", { speaks: wanted }).send();
      setText(byId("said"), wanted ? t("{name} may speak.", { name: this.device.name }) : t("{name} stays silent.", { name: this.device.name }));
    } catch (error) {
      this.box.checked = !wanted;
      fail(error);
    } finally {
      this.box.disabled = false;
    }
  }
}

function show(devices) {
  byId("none").hidden = devices.length > 0;
  const gone = new Set(cards.keys());
  devices.forEach((device, index) => {
    gone.delete(device.id);
    if (!cards.has(device.id)) cards.set(device.id, new Card(device));
    const card = cards.get(device.id);
    card.show(device);
    if (byId("devices").children[index] !== card.node) byId("devices").insertBefore(card.node, byId("devices").children[index] || null);
  });
  gone.forEach((id) => { cards.get(id).node.remove(); cards.delete(id); });
}

let asked = 0;
async function look() {
  const mine = ++asked;
  try {
    const found = await get("/api/v1/devices");
    if (mine === asked) show(found.items);
  } catch (error) {
    if (!error.code) throw error;
    if (error.status === 401 || error.status === 403) location.reload();
  }
}

let chosen = null;
const rename = byId("rename");
function askName(device) {
  chosen = device;
  byId("new-name").value = device.name;
  setText(byId("rename-problem"), "");
  rename.showModal();
  byId("new-name").select();
}
byId("rename-cancel").addEventListener("click", () => rename.close());
byId("rename-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await deed("PUT", "/api/v1/devices/" + chosen.id + "/name", { name: byId("new-name").value }).send();
    rename.close();
    await look();
  } catch (error) {
    setText(byId("rename-problem"), wordsOf(error));
  }
});

const sure = byId("sure");
function askSure(device) {
  chosen = device;
  byId("sure-name").textContent = device.name;
  sure.returnValue = "no";
  sure.showModal();
}
sure.addEventListener("close", async () => {
  if (sure.returnValue !== "yes") return;
  try {
    await deed("POST", "/api/v1/devices/" + chosen.id + "/revoke", {}).send();
    await look();
  } catch (error) {
    fail(error);
  }
});

show(firstState.items);
// the list is drawn after the address was read: bring what it names into sight
const target = location.hash && byId(location.hash.slice(1));
if (target) location.replace(location.hash);
setInterval(look, LOOK_MS);
const named = byId("pair").querySelector("[type=hidden]");
if (named) byId("pair").elements.name.select();
