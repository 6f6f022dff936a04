/* The panel beside the calls: pictures, films and the duty roster in turn. Two <img> and one <video> serve for ever, and
   give up what they do not show, so that weeks of it cost no more memory than a minute. What does not load or play
   is left out, and tried again after a while: perhaps only the line was bad. Times are milliseconds of its own clock. */
import { byId } from "../js/dom.js";
import { Roster } from "./roster.js";

const STALL_MS = 10000;
const RETRY_MS = 600000;

class Panel {
  constructor() {
    this.pictures = [byId("picture-a"), byId("picture-b")];
    this.film = byId("film");
    this.roster = new Roster(byId("roster"));
    this.clock = 0;
    this.key = "";
    this.items = [];
    this.bad = {};
    // what is on the screen, since when, and the roster's page; what is being loaded, and since when
    this.shown = null;
    this.since = 0;
    this.page = 0;
    this.coming = null;
    this.asked = 0;
    // how far the film is, and when it last got on
    this.at = 0;
    this.moved = 0;
    this.front = 0;
  }

  take(items) {
    const key = JSON.stringify(items);
    if (key === this.key) return;
    this.key = key;
    this.items = items;
    this.bad = {};
    this.shown = this.same(this.shown);
    this.coming = null;
    this.tidy();
    if (this.shown) this.prepare();
  }

  /* The same item in the newest list, or null. */
  same(item) {
    return (item && this.items.find((one) => one.id === item.id && one.url === item.url)) || null;
  }

  step(ms) {
    this.clock += ms;
    if (this.coming) this.wait();
    else if (!this.shown || this.isOver()) this.turn();
    if (this.shown && this.shown.kind === "roster") this.roster.draw(this.shown, this.page);
    return Boolean(this.shown) || Boolean(this.coming && !(this.coming.id in this.bad));
  }

  following() {
    const at = this.shown ? this.items.findIndex((one) => one.id === this.shown.id) : -1;
    const round = this.items.slice(at + 1).concat(this.items.slice(0, at + 1));
    return round.find((one) => !(one.id in this.bad) || this.clock - this.bad[one.id] >= RETRY_MS) || null;
  }

  turn() {
    const next = this.following();
    if (!next) this.clear();
    else if (this.shown && next.id === this.shown.id) this.again();
    else this.ask(next);
  }

  /* The only one there is: nothing is loaded anew, nothing flickers. */
  again() {
    this.since = this.clock;
    this.page = 0;
    if (this.shown.kind === "video") this.play();
  }

  ask(item) {
    this.coming = item;
    this.asked = this.clock;
    if (item.kind === "image") load(this.back(), item.url);
    if (item.kind === "video") this.open(item);
    this.wait();
  }

  wait() {
    const found = this.readiness(this.coming);
    if (found === "ready") this.show();
    else if (found === "broken" || this.clock - this.asked >= STALL_MS) this.leaveOut(this.coming);
  }

  readiness(item) {
    if (item.kind === "roster") return item.rows.length ? "ready" : "broken";
    if (item.kind === "image") return this.back().getAttribute("data-load");
    if (this.film.error) return "broken";
    return this.film.currentTime > 0 || this.film.ended ? "ready" : "";
  }

  leaveOut(item) {
    this.bad[item.id] = this.clock;
    this.coming = null;
    if (this.shown && this.shown.id === item.id) this.shown = null;
    this.tidy();
  }

  show() {
    this.shown = this.coming;
    this.coming = null;
    this.since = this.clock;
    this.page = 0;
    delete this.bad[this.shown.id];
    if (this.shown.kind === "image") this.front = 1 - this.front;
    this.at = 0;
    this.moved = this.clock;
    this.tidy();
    this.prepare();
  }

  isOver() {
    if (this.shown.kind === "video") return this.isFilmOver();
    if (this.clock - this.since < this.shown.seconds * 1000) return false;
    if (this.shown.kind !== "roster" || this.page + 1 >= this.roster.pages) return true;
    this.page += 1;
    this.since = this.clock;
    return false;
  }

  isFilmOver() {
    if (this.film.ended) return true;
    if (this.film.currentTime !== this.at) {
      this.at = this.film.currentTime;
      this.moved = this.clock;
    }
    if (!this.film.error && this.clock - this.moved < STALL_MS) return false;
    this.leaveOut(this.shown);
    return true;
  }

  back() {
    return this.pictures[1 - this.front];
  }

  /* The picture that follows is fetched while the one before it is looked at. */
  prepare() {
    const next = this.following();
    if (next && next.kind === "image" && next.id !== this.shown.id) load(this.back(), next.url);
  }

  open(item) {
    this.film.muted = true;
    this.film.src = item.url;
    this.play();
  }

  play() {
    this.at = -1;
    this.moved = this.clock;
    const playing = this.film.play();
    // what was refused or cut short shows as a film that does not get on
    if (playing) playing.catch(() => null);
  }

  /* Shows what is shown, and lets go of all else. */
  tidy() {
    const kind = this.shown ? this.shown.kind : "";
    this.pictures.forEach((picture, place) => {
      const isShown = kind === "image" && place === this.front;
      picture.classList.toggle("is-shown", isShown);
      picture.setAttribute("alt", isShown ? this.shown.name : "");
    });
    this.film.classList.toggle("is-shown", kind === "video");
    byId("roster").classList.toggle("is-shown", kind === "roster");
    if (kind !== "roster") this.roster.clear();
    if (kind !== "video" && !(this.coming && this.coming.kind === "video")) this.close();
    if (!this.items.some((one) => one.kind === "image")) this.pictures.forEach(unload);
  }

  close() {
    if (!this.film.hasAttribute("src")) return;
    this.film.pause();
    this.film.removeAttribute("src");
    this.film.load();
  }

  clear() {
    this.shown = null;
    this.coming = null;
    this.tidy();
    this.pictures.forEach(unload);
  }
}

function load(picture, url) {
  if (picture.getAttribute("src") === url && picture.getAttribute("data-load") !== "broken") return;
  picture.setAttribute("data-load", "");
  picture.onload = () => picture.setAttribute("data-load", "ready");
  picture.onerror = () => picture.setAttribute("data-load", "broken");
  picture.setAttribute("src", url);
}

function unload(picture) {
  picture.onload = null;
  picture.onerror = null;
  picture.removeAttribute("src");
  picture.setAttribute("data-load", "");
}

const panel = new Panel();

export function takePanel(state, isAsleep) {
  panel.take(state.look.panel && !isAsleep ? state.panel.items : []);
}

/* ms: since the last step. */
export function stepPanel(ms) {
  const isOn = panel.step(ms);
  byId("panel").hidden = !isOn;
  byId("main").classList.toggle("with-panel", isOn);
}

/* The ids of what this screen could not show since the list last changed. */
export function unplayable() {
  return Object.keys(panel.bad);
}
