/* Pictures and films: sent, ordered, switched and deleted at once, without the page's "Save". */
import { page } from "../../js/page.js";
import { deed, get } from "../../js/api.js";
import { byId, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";
import { Card } from "./card.js";
import { bodyOf, openEditor } from "./edit.js";
import { Uploads } from "./upload.js";

// a schedule begins or ends while the page is open
const EVERY_MS = 60000;
const cards = new Map();
const list = byId("media-list");
const deeds = { move, edit, flip, remove };
const uploads = new Uploads(added);

export function isBusy() {
  return uploads.isBusy;
}

function show(items) {
  items.forEach((one) => {
    if (cards.has(one.id)) cards.get(one.id).show(one);
    else cards.set(one.id, new Card(one, deeds));
  });
  const known = items.map((one) => one.id);
  Array.from(cards.keys()).filter((id) => known.indexOf(id) < 0).forEach((id) => {
    cards.get(id).node.remove();
    cards.delete(id);
  });
  known.forEach((id, at) => {
    const card = cards.get(id);
    // moving a node would stop its film
    if (list.children[at] !== card.node) list.insertBefore(card.node, list.children[at] || null);
    card.place(at, known.length);
  });
  byId("media-none").hidden = known.length > 0;
}

function order() {
  return Array.from(list.children, (node) => Number(node.getAttribute("data-media")));
}

function say(words) {
  setText(byId("media-said"), words);
  complain("");
}

function complain(words) {
  setText(byId("media-problem"), words);
  byId("media-problem").hidden = !words;
}

async function refresh() {
  try {
    show((await get("/api/v1/media")).items);
  } catch (error) {
    if (error.status === 401 || error.status === 403) return;
    // it is asked again in a minute
  }
}

async function attempt(what) {
  try {
    await what();
  } catch (error) {
    if (!error.code) throw error;
    complain(error.detail || t("The server did not answer. Please try again."));
    await refresh();
  }
}

function added(media) {
  show(order().map((id) => cards.get(id).media).concat([media]));
  say(t("“{name}” is on the boards.", { name: media.name }));
  refresh();
}

function move(card, step) {
  const ids = order();
  const at = ids.indexOf(card.media.id);
  const to = at + step;
  if (to < 0 || to >= ids.length) return undefined;
  ids.splice(at, 1);
  ids.splice(to, 0, card.media.id);
  return attempt(async () => {
    show((await deed("PUT", "/api/v1/media/order", { ids }).send()).items);
    card.node.querySelector('[data-do="' + (step < 0 ? "up" : "down") + '"]').focus();
    say(t("The order is changed."));
  });
}

function edit(card) {
  openEditor(card.media, (media) => {
    card.show(media);
    say(t("Saved."));
  });
}

function flip(card) {
  const body = Object.assign(bodyOf(card.media), { active: !card.media.active });
  return attempt(async () => {
    const media = await deed("PUT", "/api/v1/media/" + card.media.id, body).send();
    card.show(media);
    say(media.active ? t("“{name}” is switched on.", { name: media.name }) : t("“{name}” is switched off.", { name: media.name }));
  });
}

function remove(card) {
  const dialog = byId("sure");
  setText(byId("sure-name"), card.media.name);
  dialog.returnValue = "no";
  dialog.onclose = () => {
    if (dialog.returnValue !== "yes") return;
    attempt(async () => {
      await deed("DELETE", "/api/v1/media/" + card.media.id).send();
      show(order().filter((id) => id !== card.media.id).map((id) => cards.get(id).media));
      say(t("“{name}” is deleted.", { name: card.media.name }));
      byId("files").focus();
    });
  };
  dialog.showModal();
}

export function startMedia() {
  const drop = byId("drop");
  byId("files").addEventListener("change", (event) => {
    uploads.take(event.target.files);
    // the same file may be chosen once more
    event.target.value = "";
  });
  ["dragover", "dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.toggle("is-over", kind === "dragover");
    if (kind === "drop") uploads.take(event.dataTransfer.files);
  }));
  show(page.media);
  setInterval(refresh, EVERY_MS);
}
