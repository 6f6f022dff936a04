/* A page that hangs for weeks loads itself anew when the server runs another program, in a quiet moment. Never without
   having asked first: nobody presses a key before a television that stands on the browser's own error page. */
import { page } from "../js/page.js";

const QUIET_MS = 20000;
// two hundred boards must not ask for their page in the same second
const SPREAD_MS = 10000;
// a page that is the old one again after loading: something between holds on to it
const AGAIN_MS = 10 * 60 * 1000;
const DAY_MS = 24 * 3600 * 1000;
const DAILY_QUIET_MS = 10 * 60 * 1000;
const NOTE = "denluot-renewed";
// how long an answer may take, how long it is good for, and how long to wait after none
const ANSWER_MS = 8000;
const GOOD_MS = 5000;
const FIRST_PAUSE_MS = 3000;
const MOST_PAUSE_MS = 60000;
const STEP_MS = 250;

const openedAt = performance.now();
const spread = Math.random() * SPREAD_MS;
let seenAt = 0;
let newest = 0;
let newestAt = 0;
let leaving = 0;

/* now: server time; isBusy: something is being spoken. The screen's own clock may be set meanwhile, so it is not asked. */
export function isTimeToRenew(state, now, isLive, isBusy) {
  const quiet = quietFor(state.calls[0], now);
  if (!isLive || isBusy) return false;
  if (performance.now() - openedAt > DAY_MS && quiet > DAILY_QUIET_MS) return true;
  if (!page.program || state.program === page.program) {
    seenAt = 0;
    return false;
  }
  seenAt = seenAt || performance.now();
  return performance.now() - seenAt > spread && quiet > QUIET_MS && !wasTried(state.program);
}

/* Since the newest call. A time ahead of the server's clock, which somebody set back, tells nothing: then it is as old as
   this page has known it. */
function quietFor(call, now) {
  if (!call) return Infinity;
  if (call.call_seq !== newest) {
    newest = call.call_seq;
    newestAt = performance.now();
  }
  const told = now - Date.parse(call.at);
  return told < 0 ? performance.now() - newestAt : told;
}

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

/* To be called again as long as it is time to. */
export function renew(state) {
  if (ready.isGranted()) load(state);
}

function load(state) {
  try {
    sessionStorage.setItem(NOTE, JSON.stringify({ program: state.program, at: Date.now() }));
  } catch (error) {
    // a browser without storage: it tries again after each loading
  }
  location.reload();
}

/* The server does not know this screen as a board any more: its page says what to do, as soon as it can be had. */
export function leave() {
  leaving = leaving || setInterval(() => { if (answering.isGranted()) location.reload(); }, STEP_MS);
}

function wasTried(program) {
  try {
    const note = JSON.parse(sessionStorage.getItem(NOTE));
    return Boolean(note) && note.program === program && Math.abs(Date.now() - note.at) < AGAIN_MS;
  } catch (error) {
    return false;
  }
}
