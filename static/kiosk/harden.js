/* A public touchscreen is no browser: nothing to select, drag, zoom, or open by a long press. */
const ZOOM_KEYS = ["+", "-", "=", "0"];

function prevent(event) {
  event.preventDefault();
}

export function harden() {
  ["contextmenu", "selectstart", "dragstart", "drop", "gesturestart"].forEach((kind) => document.addEventListener(kind, prevent));
  document.addEventListener("wheel", (event) => event.ctrlKey && prevent(event), { passive: false });
  document.addEventListener("touchmove", (event) => event.touches.length > 1 && prevent(event), { passive: false });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && ZOOM_KEYS.indexOf(event.key) >= 0) prevent(event);
  });
}
