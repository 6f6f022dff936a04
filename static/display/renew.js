/* A page that hangs for weeks loads itself anew when the server runs another program, in a quiet moment. */
import { page } from "../js/page.js";

const QUIET_MS = 20000;
// two hundred boards must not ask for their page in the same second
const SPREAD_MS = 10000;
// a page that is the old one again after loading: something between holds on to it
const AGAIN_MS = 10 * 60 * 1000;
const DAY_MS = 24 * 3600 * 1000;
const DAILY_QUIET_MS = 10 * 60 * 1000;
const NOTE = "denluot-renewed";

const openedAt = performance.now();
const spread = Math.random() * SPREAD_MS;
let seenAt = 0;

/* now: server time; isBusy: something is being spoken. The screen's own clock may be set meanwhile, so it is not asked. */
export function isTimeToRenew(state, now, isLive, isBusy) {
  if (!isLive || isBusy) return false;
  const quiet = now - (state.calls.length ? Date.parse(state.calls[0].at) : 0);
  if (performance.now() - openedAt > DAY_MS && quiet > DAILY_QUIET_MS) return true;
  if (!page.program || state.program === page.program) {
    seenAt = 0;
    return false;
  }
  seenAt = seenAt || performance.now();
  return performance.now() - seenAt > spread && quiet > QUIET_MS && !wasTried(state.program);
}

export function renew(state) {
  try {
    sessionStorage.setItem(NOTE, JSON.stringify({ program: state.program, at: Date.now() }));
  } catch (error) {
    // a browser without storage: it tries again after each loading
  }
  location.reload();
}

function wasTried(program) {
  try {
    const note = JSON.parse(sessionStorage.getItem(NOTE));
    return Boolean(note) && note.program === program && Math.abs(Date.now() - note.at) < AGAIN_MS;
  } catch (error) {
    return false;
  }
}
