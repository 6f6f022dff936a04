/* Somebody else has saved this page's form since it was opened. That stays said until the page is loaded anew, and what
   was typed stays in the form: loading anew asks first, as any leaving of something unsaved does. */
import { byId, setText } from "../js/dom.js";

/* Gives true when this is why the server refused. */
export function isStale(error) {
  if (error.code !== "setup_changed_meanwhile") return false;
  setText(byId("stale-words"), error.detail);
  byId("stale").hidden = false;
  byId("stale").scrollIntoView({ block: "nearest" });
  return true;
}

/* After a save that was taken: the other's change was taken back meanwhile. */
export function notStale() {
  byId("stale").hidden = true;
}

byId("stale-load").addEventListener("click", () => window.location.reload());
