/* When a board loads its page anew: the server runs another program, or a day is over, and the moment is quiet. */
import { page } from "../js/page.js";
import { wasTried } from "../js/reloading.js";

const QUIET_MS = 20000;
// two hundred boards must not ask for their page in the same second
const SPREAD_MS = 10000;
const DAY_MS = 24 * 3600 * 1000;
const DAILY_QUIET_MS = 10 * 60 * 1000;

const openedAt = performance.now();
const spread = Math.random() * SPREAD_MS;
let seenAt = 0;
let newest = 0;
let newestAt = 0;

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
