/* This computer's loudspeaker, by the very code that boards speak with: one sound at a time. */
import { Blocked, Player, Stopped, pause } from "../../display/voice/player.js";
import { Voice } from "../../display/voice/voice.js";
import { t } from "../../js/texts.js";

const STOPPED_MS = 90;
let player = null;
let turn = 0;

/* Made by the first touch, for a browser may keep what is made before it silent. */
function ready() {
  if (!player) player = new Player();
  return player;
}

async function alone() {
  const mine = ++turn;
  if (ready().playing.length) {
    player.stop();
    await pause(STOPPED_MS);
  }
  player.missing = {};
  return mine;
}

export function stop() {
  turn += 1;
  if (player) player.stop();
}

/* Plays one clip; its sources are addresses, the first that can be had is heard. Gives words when it cannot be. */
export async function playClip(sources) {
  const mine = await alone();
  if (mine !== turn) return "";
  return heard(async () => {
    const run = player.begin();
    const buffer = await player.load(sources, 1);
    await player.play(run, [{ buffer, gap: 0 }], 100);
  });
}

/* Speaks a call as a board with these settings would. Gives words when it could not be heard whole. */
export async function playCall(announcement, settings) {
  const mine = await alone();
  if (mine !== turn) return "";
  const voice = new Voice({ name: "", wanted: true });
  voice.player = player;
  voice.voice = {
    speed: settings.voice_speed,
    volume: settings.voice_volume,
    chime: settings.voice_chime ? announcement.chime : null,
  };
  return heard(() => voice.speak({ announcement, times: settings.voice_times }));
}

async function heard(play) {
  try {
    await play();
  } catch (error) {
    // by the reader, or for what was to be heard next
    if (error instanceof Stopped) return "";
    if (error instanceof Blocked) return t("The browser blocks the sound of this page. Please allow it and try again.");
    return t("This cannot be played here.");
  }
  const missing = Object.keys(player.missing).length;
  return missing ? t("Some clips could not be loaded. Please try again.") : "";
}
