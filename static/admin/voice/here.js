/* Hear a call on this computer. */
import { get } from "../../js/api.js";
import { byId, setText } from "../../js/dom.js";
import { t } from "../../js/texts.js";
import { playCall, stop } from "./loudspeaker.js";
import { wordsOf } from "./words.js";

const form = byId("here");
const said = byId("here-said");

function address(settings) {
  const asked = {
    number: form.elements.number.value,
    counter: form.elements.counter.value,
    languages: settings.voice_languages,
    accent: settings.voice_accent,
    again: form.elements.again.checked,
  };
  const pairs = Object.keys(asked).map((name) => name + "=" + encodeURIComponent(asked[name]));
  return "/api/v1/voice/announcement?" + pairs.join("&");
}

function playing(yes) {
  byId("stop").hidden = !yes;
  byId("hear").hidden = yes;
}

/* settings(): as the page shows them now. */
export function listen(settings) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    setText(said, "");
    const counter = Number(form.elements.counter.value);
    if (!(counter >= 1 && counter <= 99 && counter % 1 === 0)) {
      setText(said, t("A counter has a number from 1 to 99."));
      form.elements.counter.focus();
      return;
    }
    const wanted = settings();
    playing(true);
    byId("stop").focus();
    try {
      setText(said, await playCall(await get(address(wanted)), wanted));
    } catch (error) {
      setText(said, wordsOf(error));
    }
    const held = document.activeElement === byId("stop");
    playing(false);
    if (held) byId("hear").focus();
  });
  byId("stop").addEventListener("click", stop);
}
