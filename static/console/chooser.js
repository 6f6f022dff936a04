/* Where to work: every counter with who sits there. Taking one that is held asks first. */
import { get } from "../js/api.js";
import { byId, el, fill, setText } from "../js/dom.js";
import { t } from "../js/texts.js";
import { page } from "../js/page.js";
import { ask } from "./ask.js";

const LOOK_MS = 4000;

function who(counter) {
  if (counter.officer) return counter.officer.name;
  return counter.state === "closed" ? "" : t("a program");
}

function stateLine(counter) {
  if (counter.state === "closed") return el("span", { class: "state state-ok" }, t("Free"));
  const words = counter.state === "paused" ? t("{name} · paused", { name: who(counter) }) : t("{name} is here", { name: who(counter) });
  return el("span", { class: "state state-warn" }, words);
}

export class Chooser {
  /* take(number, over) opens the counter; lost() is called when the list cannot be read; refused() when one may not. */
  constructor({ take, reached, refused }) {
    this.take = take;
    this.reached = reached;
    this.refused = refused;
    this.node = byId("chooser");
    this.timer = null;
    this.shown = "";
  }

  show(counters, words, urgent) {
    this.node.hidden = false;
    byId("chooser-words").hidden = !words;
    byId("chooser-words").className = "notice" + (urgent ? " notice-warn" : "");
    setText(byId("chooser-words"), words || "");
    if (counters) this.draw(counters);
    else this.look();
    clearInterval(this.timer);
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  hide() {
    this.node.hidden = true;
    clearInterval(this.timer);
  }

  async look() {
    try {
      const list = await get("/api/v1/counters");
      this.reached(true);
      if (!this.node.hidden) this.draw(list.items);
    } catch (error) {
      if (!error.code) throw error;
      if (error.status === 401 || error.status === 403) this.refused();
      else this.reached(false);
    }
  }

  draw(counters) {
    const fresh = JSON.stringify(counters);
    if (fresh === this.shown) return;
    this.shown = fresh;
    const first = (counter) => (counter.number === page.tablet ? 0 : 1);
    const sorted = counters.slice().sort((a, b) => first(a) - first(b) || a.number - b.number);
    fill(byId("counters"), sorted.map((counter) => this.card(counter)));
  }

  card(counter) {
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "button counter", "data-counter": counter.number, onclick: () => this.choose(counter) },
        el(
          "strong",
          { class: "counter-number" },
          t("Counter {n}", { n: counter.number }),
          counter.number < 10 && [" ", el("kbd", { "aria-hidden": "true" }, String(counter.number))]
        ),
        el("span", { class: "counter-zone soft" }, [counter.name, counter.zone].filter(Boolean).join(" · ")),
        stateLine(counter),
        el("span", { class: "counter-services soft" }, counter.services.join(", ")),
        counter.number === page.tablet && el("span", { class: "counter-own" }, t("This screen stands here"))
      )
    );
  }

  async choose(counter) {
    const held = counter.state !== "closed" && !counter.mine;
    if (held && !(await this.sure(counter))) return;
    this.take(counter.number, held);
  }

  sure(counter) {
    const facts = { n: counter.number, name: who(counter), number: counter.ticket };
    const words = counter.ticket
      ? t("{name} holds this counter and is with {number}. If you take it over, {number} stays at the counter.", facts)
      : t("{name} holds this counter now.", facts);
    return ask(t("Take over counter {n}?", facts), words, [[t("Take over counter {n}", facts), true, true]]);
  }
}
