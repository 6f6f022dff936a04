/* One picture or film in the list: what it is, when it is shown, what can be done with it. */
import { el, fill, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";
import { DOWN, UP, iconButton } from "./rows.js";
import { lengthWords, placeWords, scheduleWords, sizeWords, stateWords } from "./words.js";

export class Card {
  /* deeds: move(card, step), edit(card), flip(card), remove(card). */
  constructor(media, deeds) {
    this.deeds = deeds;
    this.node = el("li", { class: "media-card", "data-media": media.id });
    this.facts = el("p", { class: "small media-facts" });
    this.state = el("p", { class: "media-state" });
    this.problem = el("p", { class: "notice notice-warn media-unplayable", hidden: true });
    this.name = el("h3", null);
    this.length = "";
    this.isBroken = false;
    this.show(media);
    this.build();
  }

  build() {
    const media = this.media;
    const flip = el("button", { type: "button", class: "button", "data-do": "flip", onclick: () => this.deeds.flip(this) });
    this.flip = flip;
    fill(this.node,
      el("div", { class: "media-view" }, media.kind === "image" ? this.picture() : this.film()),
      el("div", { class: "media-words" }, this.name, this.state, this.facts, this.problem),
      el("div", { class: "media-deeds" },
        iconButton("up", UP, t("Move up"), () => this.deeds.move(this, -1)),
        iconButton("down", DOWN, t("Move down"), () => this.deeds.move(this, 1)),
        el("button", { type: "button", class: "button", "data-do": "edit", onclick: () => this.deeds.edit(this) }, t("Name and times")),
        flip,
        el("button", { type: "button", class: "button", "data-do": "remove", onclick: () => this.deeds.remove(this) }, t("Delete"))));
    this.draw();
  }

  picture() {
    const image = el("img", { src: this.media.url, alt: "", loading: "lazy" });
    image.addEventListener("error", () => this.complain(t("The file of this picture is missing on the box. Please delete it and send it again.")));
    return image;
  }

  film() {
    const video = el("video", { src: this.media.url, preload: "metadata", controls: true, playsinline: true, "aria-label": this.media.name });
    video.muted = true;
    // boards play films without their sound: the voice must be heard
    const unplayable = () => this.complain(t("This browser cannot play this film, and boards most likely cannot either. Please export it as MP4 with H.264 (in most programs “MP4, H.264/AVC, 1080p”) and send it again."));
    video.addEventListener("error", unplayable);
    video.addEventListener("loadedmetadata", () => {
      // sound without a picture: the picture's coding is not known here
      if (!video.videoWidth) unplayable();
      else if (Number.isFinite(video.duration)) this.length = lengthWords(video.duration);
      this.draw();
    });
    return video;
  }

  complain(words) {
    setText(this.problem, words);
    this.problem.hidden = false;
    this.isBroken = true;
    this.draw();
  }

  show(media) {
    this.media = media;
    if (this.flip) this.draw();
  }

  draw() {
    const media = this.media;
    const [mark, words] = this.isBroken && media.active ? ["warn", t("Cannot be shown")] : stateWords(media);
    setText(this.name, media.name);
    fill(this.state, el("span", { class: "state state-" + mark }, words));
    const length = media.kind === "image" ? lengthWords(media.seconds) : this.length;
    const facts = [media.kind === "image" ? t("Picture") : t("Film"), length, sizeWords(media.bytes), placeWords(media), scheduleWords(media)];
    setText(this.facts, facts.filter(Boolean).join(" · "));
    setText(this.flip, media.active ? t("Switch off") : t("Switch on"));
    this.node.classList.toggle("is-off", !media.active);
    ["up", "down", "edit", "flip", "remove"].forEach((name) => {
      const button = this.node.querySelector('[data-do="' + name + '"]');
      button.setAttribute("aria-label", (button.title || button.textContent) + ": " + media.name);
    });
  }

  place(at, count) {
    this.node.querySelector('[data-do="up"]').setAttribute("aria-disabled", String(at === 0));
    this.node.querySelector('[data-do="down"]').setAttribute("aria-disabled", String(at === count - 1));
  }
}
