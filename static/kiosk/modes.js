/* How the reader wants it: language, larger text, high contrast. Back to the branch's own after each person. */
import { byId, el, fill, icon } from "../js/dom.js";
import { t, setLanguage, language } from "../js/texts.js";

const NAMES = { vi: "Tiếng Việt", en: "English" };
const HALF_MOON = ["M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18", "M12 3v18", "M12 6.5h4.8M12 10h7.6M12 13.5h7.6M12 17h5.4"];
const SHORT = { vi: "VI", en: "EN" };

export class Modes {
  constructor(languages, onChange) {
    this.languages = languages;
    // the branch's first language, whatever the kiosk's browser would like
    this.usual = languages[0];
    setLanguage(this.usual);
    this.onChange = onChange;
    this.root = document.documentElement.classList;
  }

  draw() {
    byId("languages").setAttribute("aria-label", t("Language"));
    byId("modes").setAttribute("aria-label", t("Display"));
    fill(byId("modes"),
      this.toggle("text-large", "A+", t("Larger text")),
      this.toggle("contrast-high", icon("contrast", ...HALF_MOON), t("High contrast")));
    fill(byId("languages"), this.languages.length > 1 && this.languages.map((code) => this.tongue(code)));
  }

  toggle(name, sign, words) {
    return el("button", {
      type: "button", class: "button mode", "data-key": name, "aria-pressed": String(this.root.contains(name)),
      onclick: () => {
        this.root.toggle(name);
        this.changed(name);
      },
    }, el("span", { class: "sign", "aria-hidden": "true" }, sign), el("span", { class: "mode-words" }, words));
  }

  tongue(code) {
    return el("button", {
      type: "button", class: "button tongue", lang: code, "data-key": "lang-" + code, "aria-label": NAMES[code] || code,
      "aria-pressed": String(code === language()),
      onclick: () => {
        setLanguage(code);
        this.changed("lang-" + code);
      },
    }, SHORT[code] || code.toUpperCase());
  }

  changed(key) {
    this.draw();
    this.onChange();
    const again = document.querySelector('[data-key="' + key + '"]');
    if (again) again.focus();
  }

  get unusual() {
    return language() !== this.usual || this.root.contains("text-large") || this.root.contains("contrast-high");
  }

  reset() {
    setLanguage(this.usual);
    this.root.remove("text-large", "contrast-high");
    this.draw();
  }
}
