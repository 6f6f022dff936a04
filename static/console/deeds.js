/* One deed at a time. While its answer is missing it is sent again under the same key, so nothing is done twice;
   until the answer and a state that shows it are here, every other deed is blocked. */
import { deed, get, pause } from "../js/api.js";

const GIVE_UP_MS = 20000;
const RETRY_MS = 700;

export class Deeds {
  /* on: {state(state), busy(on), trouble(words), waiting(name, words), unsure(name)} */
  constructor(on) {
    this.on = on;
    this.busy = false;
  }

  /* name: what is being done, for the reader. Gives the answer, or undefined when it was not done. */
  async run(name, url, body, stateUrl) {
    if (this.busy) return undefined;
    this.busy = true;
    this.on.busy(true);
    try {
      const one = deed("POST", url, body);
      const answer = await this.again(name, () => one.send());
      if (answer && answer.counter && answer.counter.number) this.on.state(answer);
      else if (stateUrl) this.on.state(await this.again(name, () => get(stateUrl)));
      return answer;
    } catch (error) {
      if (!error.code) throw error;
      if (error.unsettled) this.on.unsure(name);
      else this.on.trouble(error);
      if (stateUrl) await get(stateUrl).then(this.on.state, () => null);
      return undefined;
    } finally {
      this.busy = false;
      this.on.busy(false);
    }
  }

  async again(name, send) {
    const until = performance.now() + GIVE_UP_MS;
    for (;;) {
      try {
        return await send();
      } catch (error) {
        // a deed that comes through minutes later would surprise whoever has gone on meanwhile
        if (!error.unsettled || performance.now() > until) throw error;
        this.on.waiting(name, error.detail);
        await pause(RETRY_MS);
      }
    }
  }
}
