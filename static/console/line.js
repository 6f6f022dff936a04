/* The strip that says how the line to the server is; over an open question it is said there too. */
import { byId, setText } from "../js/dom.js";
import { t } from "../js/texts.js";

export class Line {
  constructor() {
    this.status = "live";
    this.retrying = "";
  }

  get isLost() {
    return this.status === "lost";
  }

  become(status) {
    this.status = status;
    this.show();
  }

  /* words: what is being tried again, or "" */
  retry(words) {
    this.retrying = words;
    this.show();
  }

  words() {
    if (this.retrying) return this.retrying;
    if (this.isLost) return t("No connection to the server. The buttons are locked; this page reconnects by itself.");
    return this.status === "stale" ? t("The live line is down; this page asks the server every few seconds instead.") : "";
  }

  show() {
    const words = this.words();
    const box = byId("line");
    box.hidden = !words;
    box.className = "strip notice " + (this.status === "stale" && !this.retrying ? "notice-warn" : "notice-error");
    setText(box, words);
    byId("ask-line").hidden = !words;
    setText(byId("ask-line"), words);
  }
}
