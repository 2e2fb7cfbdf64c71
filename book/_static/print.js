// On paper nothing can be folded out: every proof is opened before printing. Harmless if loaded twice.
window.addEventListener("beforeprint", () => {
  document.querySelectorAll("details").forEach((folded) => { folded.open = true; });
});
