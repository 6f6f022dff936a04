/* A screen that hangs for weeks loads its page anew by itself. Never without having asked first: nobody presses a key
   before a screen that stands on the browser's own error page. */

// a page that is the old one again after loading: something between holds on to it
const AGAIN_MS = 10 * 60 * 1000;
const NOTE = "denluot-renewed";
// how long an answer may take, how long it is good for, and how long to wait after none
const ANSWER_MS = 8000;
const GOOD_MS = 5000;
const FIRST_PAUSE_MS = 3000;
const MOST_PAUSE_MS = 60000;
const STEP_MS = 250;

let leaving = 0;

/* Asks the server whether there is a page to load, and again after pauses that grow. */
class Asking {
  constructor(isThere) {
    this.isThere = isThere;
    this.isOut = false;
    this.pause = FIRST_PAUSE_MS;
    this.nextAt = -Infinity;
    this.goodAt = -Infinity;
  }

  /* Called over and over; true once for each good answer, while it is fresh. */
  isGranted() {
    const now = performance.now();
    if (now - this.goodAt >= GOOD_MS) {
      if (!this.isOut && now >= this.nextAt) this.ask();
      return false;
    }
    // loading takes its time: begun anew at every step it would never end
    this.goodAt = -Infinity;
    this.nextAt = now + MOST_PAUSE_MS;
    return true;
  }

  async ask() {
    this.isOut = true;
    const isGood = await this.isThere().catch(() => false);
    this.isOut = false;
    if (isGood) this.goodAt = performance.now();
    this.nextAt = performance.now() + this.pause;
    this.pause = isGood ? FIRST_PAUSE_MS : Math.min(this.pause * 2, MOST_PAUSE_MS);
  }
}

/* The status of an answer that is there to its end: a server may stop in the middle of it. */
function answer(address) {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("timeout")), ANSWER_MS);
    fetch(address, { credentials: "same-origin", cache: "no-store" })
      .then((response) => response.text().then(() => resolve(response.status)))
      .catch(reject);
  });
}

const ready = new Asking(async () => (await answer("/healthz")) === 200 && (await answer(location.href)) === 200);
const answering = new Asking(async () => (await answer(location.href)) < 500);

/* To be called again as long as it is time to. program: the one that the server runs now. */
export function renew(program) {
  if (ready.isGranted()) load(program);
}

function load(program) {
  try {
    sessionStorage.setItem(NOTE, JSON.stringify({ program, at: Date.now() }));
  } catch (error) {
    // a browser without storage: it tries again after each loading
  }
  location.reload();
}

/* The server does not know this screen any more: its page says what to do, as soon as it can be had. Not over and over,
   should the page think otherwise: only so many milliseconds after this one was opened. */
export function leave(afterMs) {
  leaving = leaving || setInterval(() => {
    if (performance.now() > (afterMs || 0) && answering.isGranted()) location.reload();
  }, STEP_MS);
}

export function wasTried(program) {
  try {
    const note = JSON.parse(sessionStorage.getItem(NOTE));
    return Boolean(note) && note.program === program && Math.abs(Date.now() - note.at) < AGAIN_MS;
  } catch (error) {
    return false;
  }
}
