/* The browser's own print dialogue; the style sheet knows what paper needs. */
document.querySelectorAll("[data-print]").forEach((button) => {
  button.addEventListener("click", () => window.print());
});
