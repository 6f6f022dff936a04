/* Any sound file that this browser can read → one channel at 24 kHz as WAV in base64, as the server wants it. */
const RATE = 24000;
const SECONDS_MOST = 15;
const FILE_MOST = 50 * 1024 * 1024;

/* code: "large", "unreadable" or "long". */
export class BadFile extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export async function recordingOf(file) {
  if (file.size > FILE_MOST) throw new BadFile("large");
  const sound = await decoded(file);
  if (sound.duration > SECONDS_MOST) throw new BadFile("long");
  if (!(sound.length > 0)) throw new BadFile("unreadable");
  return base64(wav(await resampled(sound)));
}

async function decoded(file) {
  const reader = new OfflineAudioContext(1, 1, RATE);
  try {
    return await reader.decodeAudioData(await file.arrayBuffer());
  } catch (error) {
    throw new BadFile("unreadable");
  }
}

/* Mixed to one channel, and to our rate in case the browser kept the file's own. */
async function resampled(sound) {
  const context = new OfflineAudioContext(1, Math.max(1, Math.ceil(sound.duration * RATE)), RATE);
  const source = context.createBufferSource();
  source.buffer = sound;
  source.connect(context.destination);
  source.start();
  return (await context.startRendering()).getChannelData(0);
}

function wav(samples) {
  const file = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const text = (at, words) => Array.from(words).forEach((one, n) => file.setUint8(at + n, one.charCodeAt(0)));
  text(0, "RIFF");
  file.setUint32(4, 36 + 2 * samples.length, true);
  text(8, "WAVEfmt ");
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, RATE, true);
  file.setUint32(28, 2 * RATE, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  text(36, "data");
  file.setUint32(40, 2 * samples.length, true);
  samples.forEach((one, n) => file.setInt16(44 + 2 * n, Math.round(32767 * Math.max(-1, Math.min(1, one))), true));
  return new Uint8Array(file.buffer);
}

function base64(bytes) {
  const pieces = [];
  // String.fromCharCode takes only so many at once
  for (let n = 0; n < bytes.length; n += 0x8000) pieces.push(String.fromCharCode(...bytes.subarray(n, n + 0x8000)));
  return btoa(pieces.join(""));
}
