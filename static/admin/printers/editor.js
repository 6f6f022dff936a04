/* The form that adds or changes a printer; what is refused is said beside its field. */
import { deed, get } from "../../js/api.js";
import { byId, el, fill, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";
import { Finder } from "./find.js";

const FIELD_OF = {
  name_invalid: "name", printer_name_taken: "name", way_not_here: "way", address_invalid: "address",
  unknown_profile: "profile", width_needed: "width", width_invalid: "width", width_not_of_profile: "width",
  roll_invalid: "roll", fallback_itself: "fallback", unknown_printer: "fallback",
};
const FIELDS = ["name", "way", "address", "profile", "width", "roll", "fallback"];
const CABLES = ["network", "usb", "serial"];
const USUAL = ["576", "384"];

function addressWords(way) {
  const words = {
    network: [t("Address"), t("Such as 192.168.1.50: it stands on the printer's self-test (hold FEED while switching it on).")],
    usb: [t("USB number"), t("Such as 04b8:0e15. Look for printers fills it in.")],
    serial: [t("Port"), t("Such as /dev/ttyUSB0, or COM3 on Windows.")],
    cups: [t("Name of the queue"), t("As “lpstat -e” on the server shows it. The queue must be a raw one.")],
    windows: [t("Name of the printer"), t("As Windows shows it under printers.")],
  };
  return words[way] || [t("Address"), t("Set at the server's command line.")];
}

function option(value, words) {
  return el("option", { value }, words);
}

export class Editor {
  /* done(name, isNew) after a change was kept */
  constructor(done) {
    this.done = done;
    this.dialog = byId("edit");
    this.finder = new Finder((one) => this.take(one));
    byId("cancel").addEventListener("click", () => this.dialog.close());
    byId("way").addEventListener("change", () => this.chooseWay());
    byId("profile").addEventListener("change", () => this.chooseKind());
    byId("paper").addEventListener("change", () => this.choosePaper());
    byId("edit-form").addEventListener("submit", (event) => { event.preventDefault(); this.save(); });
    this.dialog.addEventListener("close", () => { this.finder.clear(byId("way").value); });
  }

  open(printer, every) {
    this.printer = printer;
    this.kept = null;
    const now = printer || { name: "", way: byId("way").options[0].value, address: "", profile: "", width: 576, cut: true, roll_metres: null, fallback_id: null };
    setText(byId("edit-title"), printer ? t("Edit “{name}”", { name: printer.name }) : t("Add a printer"));
    this.fill(now, every.filter((one) => !printer || one.id !== printer.id));
    this.complain(null, "");
    this.dialog.showModal();
    byId("name").focus();
  }

  fill(now, others) {
    const way = byId("way");
    // one that was set up at the command line keeps its way
    Array.from(way.options).forEach((one) => { if (one.hasAttribute("data-extra")) one.remove(); });
    if (!Array.from(way.options).some((one) => one.value === now.way)) way.append(el("option", { value: now.way, "data-extra": true }, t("As set at the command line")));
    byId("name").value = now.name;
    way.value = now.way;
    const [port, speed] = now.way === "serial" ? now.address.split("@") : [now.address, ""];
    byId("address").value = port;
    byId("speed").value = speed || "38400";
    byId("profile").value = now.profile;
    this.setWidth(now.width);
    byId("cut").checked = now.cut;
    byId("roll").value = now.roll_metres === null ? "" : String(now.roll_metres);
    fill(byId("fallback"), option("", t("none: slips wait")), others.map((one) => option(String(one.id), one.name)));
    byId("fallback").value = now.fallback_id === null ? "" : String(now.fallback_id);
    byId("fallback-part").hidden = others.length === 0;
    this.chooseWay();
  }

  chooseWay() {
    const way = byId("way").value;
    const [label, hint] = addressWords(way);
    byId("address-part").hidden = way === "virtual";
    byId("virtual-part").hidden = way !== "virtual";
    setText(byId("address-label"), label);
    setText(byId("address-hint"), hint);
    byId("speed-part").hidden = way !== "serial";
    byId("host-part").hidden = byId("host-hint").hidden = way !== "network";
    byId("find-part").hidden = CABLES.indexOf(way) < 0;
    this.finder.clear(way);
  }

  chooseKind() {
    const kind = byId("profile").selectedOptions[0];
    if (kind.value && kind.dataset.width) this.setWidth(Number(kind.dataset.width));
    if (kind.value) byId("cut").checked = kind.dataset.cuts === "1";
  }

  choosePaper() {
    const other = byId("paper").value === "other";
    byId("width-part").hidden = !other;
    if (other) byId("width").focus();
    else byId("width").value = byId("paper").value;
  }

  setWidth(dots) {
    byId("width").value = String(dots);
    byId("paper").value = USUAL.indexOf(String(dots)) >= 0 ? String(dots) : "other";
    byId("width-part").hidden = byId("paper").value !== "other";
  }

  take(one) {
    byId("address").value = one.address;
    const known = Array.from(byId("profile").options).map((kind) => kind.value)
      .filter((kind) => kind && one.name && one.name.indexOf(kind) >= 0)
      .sort((a, b) => b.length - a.length)[0];
    if (known) {
      byId("profile").value = known;
      this.chooseKind();
    }
    byId("profile").focus();
  }

  given() {
    const way = byId("way").value;
    const typed = byId("address").value.trim();
    const width = byId("width").value.trim();
    let address = way === "serial" ? typed.split("@")[0] + "@" + byId("speed").value : typed;
    if (way === "virtual") address = this.printer && this.printer.way === "virtual" ? this.printer.address : "paper";
    return {
      name: byId("name").value.trim(), way, address,
      profile: byId("profile").value || null,
      width: /^\d{1,4}$/.test(width) ? Number(width) : width ? 0 : null,
      cut: byId("cut").checked,
    };
  }

  async save() {
    const save = byId("save");
    save.disabled = true;
    this.complain(null, "");
    try {
      // what was kept before a later part was refused is changed, not added again
      const known = this.kept || this.printer;
      const url = "/api/v1/printers" + (known ? "/" + known.id : "");
      this.kept = await deed(known ? "PUT" : "POST", url, this.given()).send();
      await this.saveRest();
      this.dialog.close();
      this.done(this.kept.name, !this.printer);
    } catch (error) {
      if (!error.code) throw error;
      await this.refused(error);
    } finally {
      save.disabled = false;
    }
  }

  async saveRest() {
    const url = "/api/v1/printers/" + this.kept.id;
    const typed = byId("roll").value.trim();
    const metres = typed === "" ? null : Number(typed);
    if (metres !== this.kept.roll_metres) this.kept = await deed("POST", url + "/roll", { metres }).send();
    const other = byId("fallback").value ? Number(byId("fallback").value) : null;
    if (other !== this.kept.fallback_id) this.kept = await deed("POST", url + "/fallback", { printer: other }).send();
  }

  async refused(error) {
    let found = FIELD_OF[error.code];
    const errors = error.problem.errors;
    if (!found && errors && errors.length) found = FIELDS.find((name) => name === errors[0].field);
    if (error.unsettled && !this.printer && !this.kept) await this.lookAgain();
    this.complain(found, error.detail || t("The server did not answer. Please try again."));
  }

  /* An answer was lost: the printer may be there already, and must not be added twice. */
  async lookAgain() {
    const name = byId("name").value.trim();
    const answer = await get("/api/v1/printers").catch(() => null);
    this.kept = (answer && answer.items.find((one) => one.name === name)) || null;
  }

  complain(field, words) {
    FIELDS.forEach((name) => {
      const wrong = name === field;
      setText(byId(name + "-error"), wrong ? words : "");
      byId(name + "-error").hidden = !wrong;
      byId(name).setAttribute("aria-invalid", String(wrong));
    });
    const fault = byId("edit-fault");
    fault.hidden = !words || Boolean(field);
    setText(fault, field ? "" : words);
    if (field === "width") {
      byId("paper").setAttribute("aria-invalid", "true");
      (byId("width-part").hidden ? byId("paper") : byId("width")).focus();
    } else if (field) byId(field).focus();
    else byId("paper").removeAttribute("aria-invalid");
    if (words && !field) fault.scrollIntoView({ block: "nearest" });
  }
}
