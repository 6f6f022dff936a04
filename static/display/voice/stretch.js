/* Slower or faster speech at the same pitch: overlapping pieces of the sound are laid anew, each moved a little to where
   it fits its neighbour best (WSOLA: Verhelst & Roelands, ICASSP 1993). Clips are short, so this is done once for each. */
const PIECE_S = 0.03;
const SEEK_S = 0.008;
// every so many samples are compared: a voice has little above this
const STEP = 4;

/* samples: Float32Array; rate: its samples a second; speed: 0.5 to 2, above 1 is faster. A new Float32Array. */
export function stretch(samples, rate, speed) {
  if (Math.abs(speed - 1) < 0.01 || samples.length < rate * PIECE_S * 3) return samples;
  const piece = 2 * Math.round((rate * PIECE_S) / 2);
  const hop = piece / 2;
  const seek = Math.round(rate * SEEK_S);
  const out = new Float32Array(Math.ceil(samples.length / speed) + piece);
  const window = hann(piece);
  let before = 0;
  for (let at = 0; at + piece <= out.length; at += hop) {
    const ideal = Math.round(at * speed);
    if (ideal + piece > samples.length) break;
    const from = at === 0 ? 0 : fitting(samples, before + hop, ideal, seek, hop);
    // the first piece has nothing to rise out of
    for (let i = 0; i < piece; i += 1) out[at + i] += samples[from + i] * (at === 0 && i < hop ? 1 : window[i]);
    before = from;
  }
  return out.subarray(0, Math.min(out.length, Math.round(samples.length / speed)));
}

function hann(length) {
  const window = new Float32Array(length);
  for (let i = 0; i < length; i += 1) window[i] = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length);
  return window;
}

/* Where near `ideal` the sound goes on most like it did at `wanted`. */
function fitting(samples, wanted, ideal, seek, length) {
  const low = Math.max(0, ideal - seek);
  const high = Math.min(samples.length - 2 * length, ideal + seek);
  if (wanted + length > samples.length || high < low) return Math.max(0, Math.min(ideal, samples.length - 2 * length));
  let best = low;
  let most = -Infinity;
  for (let from = low; from <= high; from += STEP / 2) {
    let likeness = 0;
    for (let i = 0; i < length; i += STEP) likeness += samples[from + i] * samples[wanted + i];
    if (likeness > most) {
      most = likeness;
      best = from;
    }
  }
  return best;
}
