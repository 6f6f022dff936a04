/* What one tile opens: what it covers, who waits, priority if the branch offers it, and one large button. */
import { el, fill, icon } from "../js/dom.js";
import { t, inLanguage } from "../js/texts.js";
import { estimateText } from "../js/format.js";
import { serviceName, where } from "./wording.js";
import { settledAfter } from "./view.js";

function persons(n) {
  if (n === 0) return t("Nobody waiting");
  return n === 1 ? t("1 person") : t("{n} people", { n });
}

const TICK = "M5 12.5l4.5 4.5L19 7.5";

export class Sheet {
  /* onTake(service, priorityCode | null, onPaper) is called once a press. */
  constructor(onTake) {
    this.onTake = onTake;
    this.dialog = el("dialog", { class: "sheet", "aria-labelledby": "sheet-title" });
    this.dialog.addEventListener("close", () => this.forget());
    this.dialog.addEventListener("cancel", (event) => this.busy && event.preventDefault());
    // a touch beside the sheet closes it, as people expect
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.leave();
    });
    document.body.append(this.dialog);
    this.forget();
  }

  forget() {
    this.service = null;
    this.priority = null;
    this.choosing = false;
    this.busy = false;
    this.error = "";
  }

  get isOpen() {
    return this.dialog.open;
  }

  open(service, state) {
    this.service = service;
    this.state = state;
    this.ready = settledAfter(350);
    this.draw();
    this.dialog.showModal();
    this.focusTitle();
  }

  /* By hand: not by the second tap of a double one, and not while a number is being fetched. */
  leave() {
    if (this.ready() && !this.busy) this.close();
  }

  close() {
    if (this.dialog.open) this.dialog.close();
  }

  /* Live: people waiting, or the service closing while somebody reads. */
  update(state) {
    if (!this.isOpen) return;
    const service = state.services.find((one) => one.code === this.service.code);
    if (!service) return this.close();
    const changed = JSON.stringify(service) !== JSON.stringify(this.service);
    this.service = service;
    this.state = state;
    if (changed && !this.choosing) this.redraw();
  }

  redraw() {
    const held = document.activeElement ? document.activeElement.getAttribute("data-key") : null;
    this.draw();
    const again = held && this.dialog.querySelector('[data-key="' + held + '"]');
    if (again) again.focus();
  }

  setBusy(busy, error) {
    this.busy = busy;
    this.error = error || "";
    if (this.isOpen) this.redraw();
  }

  focusTitle() {
    this.dialog.querySelector("h2").focus();
  }

  draw() {
    fill(this.dialog, this.choosing ? this.priorityView() : this.serviceView());
  }

  title(words, letter) {
    return el("h2", { id: "sheet-title", tabindex: "-1", class: "sheet-title" },
      letter && el("span", { class: "tile-letter", "aria-hidden": "true" }, letter), el("span", null, words));
  }

  serviceView() {
    const service = this.service;
    return el("div", { class: "sheet-body" },
      this.title(serviceName(service), service.prefix),
      this.covers(service),
      service.open ? this.facts(service) : el("p", { class: "notice notice-warn" },
        t("This service is not taking tickets now. Please choose another one or ask an officer.")),
      this.error && el("p", { class: "notice notice-error", role: "alert" }, this.error),
      service.open && this.state.priorities.length > 0 && this.priorityButton(),
      this.actions(service));
  }

  covers(service) {
    const summary = inLanguage(service, "summary");
    return summary && el("p", { class: "sheet-covers" }, t("For: {summary}", { summary }));
  }

  facts(service) {
    const fact = (label, words) => words && el("div", { class: "fact" }, el("dt", null, label), el("dd", null, words));
    return el("dl", { class: "facts" },
      fact(t("Waiting now"), persons(service.waiting)),
      fact(t("Waiting time"), estimateText(service.estimate)),
      fact(t("Where"), where(service)));
  }

  priorityButton() {
    const chosen = this.state.priorities.find((one) => one.code === this.priority);
    const words = chosen ? t("Priority: {name}", { name: inLanguage(chosen, "name") }) : t("I have priority");
    return el("button", {
      type: "button", class: "button priority" + (chosen ? " priority-on" : ""), "data-key": "priority",
      disabled: this.busy, onclick: () => this.choosePriority(true),
    }, el("span", { class: "tick-box" }, chosen && icon("tick", TICK)), el("span", null, words),
    chosen && el("span", { class: "change" }, t("Change")));
  }

  actions(service) {
    const take = el("button", {
      type: "button", class: "button button-primary take", "data-key": "take", "aria-disabled": this.busy ? "true" : null,
      onclick: () => this.take(true),
    }, this.busy ? t("One moment…") : t("TAKE A NUMBER"));
    // who has a phone may do without: the screen shows number and code
    const bare = this.state.ask_paper && !this.busy && el("button", {
      type: "button", class: "button bare", "data-key": "bare", onclick: () => this.take(false),
    }, t("No paper, I will scan the code"));
    return el("div", { class: "sheet-actions" },
      service.open && take,
      service.open && bare,
      el("button", { type: "button", class: "button back", "data-key": "back", disabled: this.busy, onclick: () => this.leave() },
        icon("back", "M15 5l-7 7 7 7"), t("Go back")));
  }

  take(paper) {
    if (this.busy || !this.isOpen || !this.ready()) return;
    this.setBusy(true);
    this.onTake(this.service, this.priority, paper);
  }

  choosePriority(open, code) {
    this.choosing = open;
    if (code !== undefined) this.priority = code;
    this.ready = settledAfter(350);
    this.draw();
    this.focusTitle();
  }

  priorityView() {
    const option = (code, words) => el("button", {
      type: "button", class: "button option" + (code !== null && code === this.priority ? " priority-on" : ""),
      onclick: () => this.ready() && this.choosePriority(false, code),
    }, words);
    return el("div", { class: "sheet-body" },
      this.title(t("Which of these applies to you?")),
      el("div", { class: "options" },
        this.state.priorities.map((one) => option(one.code, inLanguage(one, "name"))),
        option(null, t("None of these"))),
      el("p", { class: "soft" }, t("The officer may ask for a paper that shows it.")));
  }
}
