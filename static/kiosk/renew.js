/* When a kiosk loads its page anew: the server runs another program, or a day is over, and nobody is before it. */
import { page } from "../js/page.js";
import { wasTried } from "../js/reloading.js";

const DAY_MS = 24 * 3600 * 1000;
const DAILY_QUIET_S = 600;
const QUIET_S = 20;

/* quiet: seconds since the last touch. The kiosk's own clock may be set meanwhile, so its day is not measured by it. */
export function isTimeToRenew(state, quiet) {
  if (performance.now() > DAY_MS && quiet > DAILY_QUIET_S) return true;
  return state.program !== page.program && quiet > QUIET_S && !wasTried(state.program);
}
