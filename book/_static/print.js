// On paper nothing can be folded out or scrolled: before printing every proof is opened, every wide formula shrunk.
// Harmless if loaded twice.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((folded) => { folded.open = true; });
  document.querySelectorAll(".formula mjx-container").forEach((formula) => {
    const share = formula.clientWidth / formula.scrollWidth;  // the container itself is what scrolls
    if (share < 1) formula.style.fontSize = Math.max(30, 95 * share) + "%";
  });
});
