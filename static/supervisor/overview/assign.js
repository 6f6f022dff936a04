/* Which services a counter serves: chosen in a dialog, said what nobody would serve, done at once. */
import { deed, settle } from "../../js/api.js";
import { byId, el, fill, setText } from "../../js/dom.js";
import { inLanguage, t } from "../../js/texts.js";

const TRIES = 3;

export class Assign {
  /* done() after a change */
  constructor(done) {
    this.done = done;
    this.dialog = byId("assign");
    byId("assign-save").addEventListener("click", () => this.save());
    byId("assign-cancel").addEventListener("click", () => this.dialog.close());
    byId("assign-list").addEventListener("change", () => this.warn());
  }

  open(state, counter) {
    this.state = state;
    this.counter = counter;
    setText(byId("assign-title"), t("What does counter {n} serve?", { n: counter.number }));
    byId("assign-fault").hidden = true;
    fill(byId("assign-list"), state.services.map((service) => this.row(service)));
    this.warn();
    this.dialog.showModal();
  }

  row(service) {
    const found = this.counter.services.find((one) => one.code === service.code);
    const now = found ? (found.tier > 1 ? 2 : 1) : 0;
    const others = service.counters.filter((n) => n !== this.counter.number);
    const choice = (value, words) => el("label", { class: "pick" },
      el("input", { type: "radio", name: "serve-" + service.code, value, checked: now === value, "data-code": service.code }),
      el("span", {}, words));
    const id = "serves-" + service.code;
    return el("div", { class: "assign-row", role: "radiogroup", "aria-labelledby": id },
      el("p", { class: "assign-name", id }, el("strong", {}, el("span", { class: "prefix" }, service.prefix), inLanguage(service, "name")),
        el("span", { class: "small soft" }, others.length ? t("also at {counters}", { counters: others.join(", ") }) : t("at no other counter"))),
      el("div", { class: "picks" }, choice(1, t("First")), choice(2, t("Helps")), choice(0, t("Not"))));
  }

  chosen() {
    const picked = Array.from(this.dialog.querySelectorAll("input:checked"));
    return picked.filter((one) => one.value !== "0").map((one) => ({ code: one.getAttribute("data-code"), tier: Number(one.value) }));
  }

  /* A warning, never a refusal: a supervisor may know that nobody will come for it today. */
  warn() {
    const serves = this.chosen().map((one) => one.code);
    const left = this.state.services.filter((service) =>
      serves.indexOf(service.code) < 0 && service.counters.every((n) => n === this.counter.number));
    const note = byId("assign-warning");
    note.hidden = left.length === 0;
    setText(note, left.length ? t("No counter will serve: {services}", { services: left.map((one) => inLanguage(one, "name")).join(", ") }) : "");
    byId("assign-save").disabled = serves.length === 0;
  }

  async save() {
    const save = byId("assign-save");
    save.disabled = true;
    try {
      const one = deed("POST", "/api/v1/counters/" + this.counter.number + "/services", { services: this.chosen() });
      await settle(one, { stop: (tries) => tries >= TRIES });
      this.dialog.close();
      this.done();
    } catch (error) {
      if (!error.code) throw error;
      setText(byId("assign-fault"), error.detail || t("It could not be done. Please try again."));
      byId("assign-fault").hidden = false;
    } finally {
      save.disabled = false;
    }
  }
}
