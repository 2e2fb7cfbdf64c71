// On paper nothing can be folded out or scrolled: before printing every proof is opened, every wide formula shrunk.
// Harmless if loaded twice.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((folded) => { folded.open = true; });
  document.querySelectorAll(".formula").forEach((formula) => {
    const share = formula.clientWidth / formula.scrollWidth;
    const typeset = formula.querySelector("mjx-container");
    if (typeset && share < 1) typeset.style.fontSize = Math.max(30, 95 * share) + "%";
  });
});
