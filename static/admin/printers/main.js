/* The printers' page: shows every few seconds how each is, and does what is pressed. */
import { deed, get } from "../../js/api.js";
import { firstState, page } from "../../js/page.js";
import { byId, setText } from "../../js/dom.js";
import { clockTime, serverNow, setServerNow } from "../../js/format.js";
import { t } from "../../js/texts.js";
import { Cards } from "./cards.js";
import { Editor } from "./editor.js";
import { listenToInvitations } from "./invite.js";
import { Kiosks } from "./kiosks.js";
import { causeWords } from "./words.js";

const EVERY_MS = 3000;
const ASK_MS = 20000;
let items = [];
let heardAt = serverNow();
let chosen = null;

function show(state) {
  items = state.items;
  cards.show(items);
  kiosks.show(items);
}

async function refresh() {
  try {
    const state = await get("/api/v1/printers");
    setServerNow(state.now);
    heardAt = serverNow();
    show(state);
    byId("line").hidden = true;
  } catch (error) {
    if (error.status === 401 || error.status === 403) location.reload();
    setText(byId("line"), t("The server does not answer. What you see is of {time}.", { time: clockTime(heardAt) }));
    byId("line").hidden = false;
  }
}

function problem(words) {
  const node = byId("problem");
  setText(node, words);
  node.hidden = !words;
  if (words) node.scrollIntoView({ block: "nearest" });
}

function wordsOf(error) {
  if (!error.code) throw error;
  return error.detail || t("The server did not answer. Please try again.");
}

/* One of a card's deeds: said on the card, and shown at once. */
async function act(card, button, path, body, words) {
  const pressed = card.node.querySelector('[data-do="' + button + '"]');
  if (pressed.getAttribute("aria-disabled") === "true") return;
  pressed.setAttribute("aria-disabled", "true");
  problem("");
  try {
    const answer = await deed("POST", "/api/v1/printers/" + card.printer.id + path, body).send(ASK_MS);
    card.say(words(answer));
  } catch (error) {
    card.say(wordsOf(error));
  } finally {
    pressed.removeAttribute("aria-disabled");
  }
  await refresh();
}

function answerWords(answer) {
  const time = clockTime(serverNow(), true);
  if (!answer.asked) return t("This printer cannot be asked.");
  return t("Asked at {time}: {state}.", { time, state: answer.cause ? causeWords(answer.cause) : t("Ready") });
}

const deeds = {
  test: (card) => act(card, "test", "/test", undefined, () => t("The test slip is on its way.")),
  ask: (card) => {
    card.say(t("Asking the printer …"));
    return act(card, "ask", "/status", undefined, answerWords);
  },
  newRoll: (card) => act(card, "newRoll", "/new-roll", undefined, () => t("Counted from a full roll.")),
  makeDefault: async (card) => {
    await act(card, "makeDefault", "/default", undefined, () => t("It is the default printer now."));
    // the button has gone, and whoever pressed it should not fall back to the page's top
    card.title.focus();
  },
  edit: (card) => editor.open(card.printer, items),
  remove: (card) => {
    chosen = card.printer;
    setText(byId("sure-name"), chosen.name);
    setText(byId("sure-words"), chosen.waiting
      ? t("{n} papers wait for it and will not be printed. Kiosks that use it print on the default printer then.", { n: chosen.waiting })
      : t("Kiosks that use it print on the default printer then."));
    byId("sure").returnValue = "no";
    byId("sure").showModal();
  },
};

async function remove() {
  problem("");
  try {
    await deed("POST", "/api/v1/printers/" + chosen.id + "/remove").send();
    byId("add").focus();
  } catch (error) {
    problem(wordsOf(error));
  }
  await refresh();
}

async function kept(name, isNew) {
  await refresh();
  const card = cards.named(name);
  if (!card) return;
  card.title.focus();
  if (isNew) card.say(t("Added. Print a test slip now."));
  // whether it is well is asked at once, rather than believed
  if (!card.ask.hidden) await deeds.ask(card);
}

const cards = new Cards(deeds);
const editor = new Editor(kept);
const kiosks = new Kiosks(page.kiosks || []);
byId("add").addEventListener("click", () => editor.open(null, items));
byId("sure").addEventListener("close", () => { if (byId("sure").returnValue === "yes") remove(); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
listenToInvitations();
show(firstState);
setInterval(() => { if (!document.hidden) refresh(); }, EVERY_MS);
