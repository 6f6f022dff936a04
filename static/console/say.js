/* What the officer is told beside the buttons: of a refusal, of what was done. kind: "warn", "ok", "error". */
import { byId, setText } from "../js/dom.js";

export function say(words, kind) {
  const box = byId("words");
  box.hidden = !words;
  box.className = "words notice notice-" + (kind || "warn");
  setText(box, words);
}
