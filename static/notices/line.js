/* Words as they stand on a board: one line, composed, and nothing in it that cannot be seen. What was pasted from a
   chat or a paper often holds such marks; the server refuses them. */
const UNSEEN = /[\p{C}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u2800\u3164\uffa0]/gu;

export function clean(words) {
  return words.normalize("NFC").replace(/\s+/g, " ").replace(UNSEEN, "").replace(/ +/g, " ").trim();
}

/* In characters, as the server counts them. */
export function length(words) {
  return Array.from(words).length;
}
