/* A question before a deed that touches somebody else. ask(title, words, [[label, primary?, value]…]) → the value chosen, or null. */
import { byId, el, fill, setText } from "../js/dom.js";
import { t } from "../js/texts.js";

export function ask(title, words, choices) {
  const dialog = byId("ask");
  return new Promise((resolve) => {
    let chosen = null;
    const pick = (value) => () => {
      chosen = value;
      dialog.close();
    };
    setText(byId("ask-title"), title);
    setText(byId("ask-words"), words);
    fill(
      byId("ask-actions"),
      choices.map(([label, primary, value]) =>
        el("button", { type: "button", class: "button" + (primary ? " button-primary" : ""), onclick: pick(value) }, label)
      ),
      el("button", { type: "button", class: "button button-quiet", onclick: pick(null) }, t("Not now"))
    );
    dialog.addEventListener("close", () => resolve(chosen), { once: true });
    dialog.showModal();
  });
}
