/* Which kiosk prints where: a choice for each, kept at once. */
import { deed } from "../../js/api.js";
import { byId, el, fill, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";

export class Kiosks {
  constructor(kiosks) {
    this.kiosks = kiosks;
    this.drawn = "";
  }

  show(printers) {
    const key = JSON.stringify(printers.map((one) => [one.id, one.name, one.default]));
    byId("kiosks-part").hidden = !this.kiosks.length || !printers.length;
    if (key === this.drawn) return;
    this.drawn = key;
    const held = document.activeElement && document.activeElement.id;
    fill(byId("kiosks"), this.kiosks.map((kiosk) => this.row(kiosk, printers)));
    const again = held && held.indexOf("kiosk-") === 0 && byId(held);
    if (again) again.focus();
  }

  row(kiosk, printers) {
    const id = "kiosk-" + kiosk.id;
    const usual = printers.find((one) => one.default);
    const select = el("select", { class: "input", id, onchange: () => this.choose(kiosk, select) },
      el("option", { value: "" }, t("The default printer ({name})", { name: usual ? usual.name : "–" })),
      printers.map((one) => el("option", { value: String(one.id) }, one.name)));
    select.value = printers.some((one) => one.id === kiosk.printer) ? String(kiosk.printer) : "";
    return el("li", {}, el("label", { for: id }, kiosk.name), select);
  }

  async choose(kiosk, select) {
    const before = kiosk.printer;
    kiosk.printer = select.value ? Number(select.value) : null;
    try {
      await deed("PUT", "/api/v1/devices/" + kiosk.id + "/printer", { printer: kiosk.printer }).send();
      setText(byId("kiosks-said"), t("Kept: {name} prints on {printer}.", { name: kiosk.name, printer: select.selectedOptions[0].textContent }));
    } catch (error) {
      if (!error.code) throw error;
      kiosk.printer = before;
      select.value = before === null ? "" : String(before);
      setText(byId("kiosks-said"), error.detail || t("The server did not answer. Please try again."));
    }
  }
}
