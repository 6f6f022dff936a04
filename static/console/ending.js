/* How a visit ends: its result, and what an officer may add to it. */
import { page } from "../js/page.js";
import { byId, el, fill } from "../js/dom.js";
import { inLanguage, t } from "../js/texts.js";
import { chips, picked } from "./chips.js";
import { Procedure } from "./procedure.js";
import { outcomeText } from "./words.js";

export class Ending {
  constructor() {
    this.procedure = new Procedure();
    this.services = [];
    fill(byId("outcome-list"), chips("outcome", page.outcomes.map((code, index) => [code, outcomeText(code), index + 1]), page.default_outcome));
  }

  /* Another ticket: what was chosen and typed for the one before must not stick to it. */
  fresh(current) {
    document.querySelectorAll("input[name=outcome]").forEach((input) => { input.checked = input.value === page.default_outcome; });
    byId("dossier").value = byId("note").value = byId("onward").value = "";
    this.procedure.set(current && current.procedure);
    this.open(false);
  }

  open(open) {
    byId("extras").hidden = !open;
    byId("desk").classList.toggle("detailed", open);
    byId("more").setAttribute("aria-expanded", String(open));
    if (open) byId("dossier").focus();
  }

  /* Where the same number may go on to. */
  offer(services) {
    this.services = services.filter((one) => !one.paused);
    const select = byId("onward");
    const held = select.value;
    const words = (one) => inLanguage(one, "name") + (one.counters.length ? "" : " (" + t("no counter at work") + ")");
    fill(select, el("option", { value: "" }, t("Nowhere, this is the end")), this.services.map((one) => el("option", { value: one.code }, words(one))));
    select.value = held;
    if (select.selectedIndex < 0) select.value = "";
  }

  get onward() {
    const code = byId("onward").value;
    return this.services.find((one) => one.code === code) || null;
  }

  body() {
    const dossier = byId("dossier").value.trim();
    const note = byId("note").value.trim();
    return Object.assign(
      { outcome: picked("outcome") || null },
      dossier && { dossier },
      note && { note },
      this.procedure.code && { procedure: this.procedure.code },
      this.onward && { next_service: this.onward.code }
    );
  }
}
