// Formulas keep to their card: a line that is too long is broken before a relation or a sum, and what cannot be
// broken, such as a long fraction, is made smaller. On paper every proof is folded out first.
// Harmless if loaded twice.
(() => {
  const LEAST = 30;  // per cent of the usual size
  const BEFORE = /^[=\u2264\u2265<>\u2260\u2208\u21d2\u21d4\u2192\u27f9\u2261\u223c\u2248+\u2212\u2223,]$/;
  const holds = (node) => /^MJX-(MATH|MROW|TEXATOM|MSTYLE|MPADDED)$/.test(node.tagName);

  /** Whether a line may end before this symbol; a sign after another operator belongs to what follows. */
  function mayBreak(node, previous) {
    if (node.tagName !== "MJX-MO" || !previous) return false;
    if (!BEFORE.test(symbol(node))) return false;
    return previous.tagName !== "MJX-MO" || /[)\]|!]/.test(symbol(previous));
  }

  function symbol(node) {
    const found = node.querySelector("mjx-c");
    const character = found && [...found.classList].map((name) => /^mjx-c([0-9A-F]+)$/.exec(name)).find(Boolean);
    return character ? String.fromCodePoint(parseInt(character[1], 16)) : node.textContent;
  }

  /** Put what must stay on one line into boxes of their own, once. */
  function boxes(row) {
    if (row.dataset.boxed) return;
    row.dataset.boxed = "yes";
    row.classList.add("formula-row");
    let box = null;
    let previous = null;
    for (const node of [...row.childNodes]) {
      if (node.nodeType !== 1) continue;
      const comma = symbol(node) === ",";
      if (!box || (mayBreak(node, previous) && !comma) || (previous && symbol(previous) === "," && previous.tagName === "MJX-MO")) {
        box = document.createElement("span");
        box.className = "formula-box";
        row.insertBefore(box, node);
      }
      box.append(node);
      previous = node;
    }
  }

  /** A box that is still too wide gives its place to the boxes of the row inside it. */
  function open(box, width) {
    if (box.getBoundingClientRect().width <= width + 0.5) return;
    for (const row of [...box.children].filter(holds)) {
      if (row.getBoundingClientRect().width < 0.35 * width) continue;
      boxes(row);
      box.classList.add("formula-open");
      for (const inner of [...row.children].filter((child) => child.classList.contains("formula-box"))) open(inner, width);
    }
  }

  function fit(formula) {
    const container = formula.querySelector("mjx-container");
    const math = container && container.querySelector("mjx-math");
    if (!math || !formula.clientWidth) return;
    container.style.fontSize = "";
    const wide = () => math.scrollWidth > formula.clientWidth + 1 || reach(math) > formula.getBoundingClientRect().right + 1;
    if (!wide()) return;
    boxes(math);
    for (const box of math.querySelectorAll(":scope > .formula-box")) open(box, formula.clientWidth - 24);
    for (let share = 95; share >= LEAST && wide(); share -= 5) container.style.setProperty("font-size", share + "%", "important");
  }

  function reach(math) {
    return Math.max(0, ...[...math.querySelectorAll(".formula-box")].map((box) => box.getBoundingClientRect().right));
  }

  const all = () => [...document.querySelectorAll(".formula, div.math.notranslate")];
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => fit(target)));

  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((folded) => { folded.open = true; });
    all().forEach(fit);
  });
  window.addEventListener("load", () => {
    if (window.MathJax && MathJax.startup) MathJax.startup.promise.then(() => all().forEach((formula) => watch.observe(formula)));
  });
})();
