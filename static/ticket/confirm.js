/* Asks before something is lost. Phones too old for <dialog> get the browser's own question. */
import { byId, setText } from "../js/dom.js";

export function ask(title, words, yes, onYes) {
  const dialog = byId("confirm");
  if (typeof dialog.showModal !== "function") {
    if (window.confirm(title + "\n\n" + words)) onYes();
    return;
  }
  setText(byId("confirm-title"), title);
  setText(byId("confirm-text"), words);
  setText(byId("confirm-yes"), yes);
  byId("confirm-yes").onclick = () => {
    dialog.close();
    onYes();
  };
  byId("confirm-no").onclick = () => dialog.close();
  dialog.showModal();
}
