/* A code scanner types what it reads, quickly and with Enter at the end: a ticket's address gives its token. */
const TYPED_MS = 120;
const TICKET = /\/t\/([A-Za-z0-9_-]{16,64})$/;

/* onToken(token) when a ticket's code was read. Whatever else is typed is left alone. */
export function listenToScanner(onToken) {
  let typed = "";
  let at = 0;
  document.addEventListener("keydown", (event) => {
    // when the key came, not when this page, perhaps busy drawing, got to it
    if (event.timeStamp - at > TYPED_MS) typed = "";
    at = event.timeStamp;
    if (event.key === "Enter") {
      const found = TICKET.exec(typed);
      typed = "";
      if (!found) return;
      // not the press of whatever button has the focus
      event.preventDefault();
      onToken(found[1]);
    } else if (event.key.length === 1) {
      typed = (typed + event.key).slice(-300);
    }
  }, true);
}
