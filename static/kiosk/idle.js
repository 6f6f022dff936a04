/* When somebody walks away, the next person finds the kiosk as it was: warn, give 20 s to stay by one touch, then wipe. */
import { el, fill } from "../js/dom.js";
import { t } from "../js/texts.js";
import { digits, setDigits } from "../js/digits.js";

const GRACE_S = 20;

export class Idle {
  /* isDirty() → something is open or changed; onReset() puts everything back. */
  constructor(seconds, isDirty, onReset) {
    this.seconds = seconds;
    this.isDirty = isDirty;
    this.onReset = onReset;
    this.touched();
    this.dialog = el("dialog", { class: "dialog still-there", "aria-labelledby": "still-there" });
    document.body.append(this.dialog);
    this.dialog.addEventListener("cancel", () => this.touched());
    ["pointerdown", "keydown"].forEach((kind) => document.addEventListener(kind, () => this.touched(), true));
    setInterval(() => this.look(), 500);
  }

  touched() {
    this.at = Date.now();
    if (this.dialog && this.dialog.open) this.dialog.close();
  }

  quietSeconds() {
    return (Date.now() - this.at) / 1000;
  }

  look() {
    const quiet = this.quietSeconds();
    if (quiet < this.seconds || !this.isDirty()) return;
    const left = Math.ceil(this.seconds + GRACE_S - quiet);
    if (left <= 0) return this.reset();
    if (!this.dialog.open) this.warn();
    setDigits(this.left, String(left));
  }

  warn() {
    this.left = digits("", "left");
    fill(this.dialog,
      el("h2", { id: "still-there" }, t("Are you still there?")),
      el("p", null, t("This screen goes back to the start by itself soon.")),
      el("div", { class: "dialog-actions" },
        el("button", { type: "button", class: "button button-primary", onclick: () => this.touched() },
          t("I am still here"), " ", this.left)));
    this.dialog.showModal();
  }

  reset() {
    if (this.dialog.open) this.dialog.close();
    this.onReset();
  }
}
