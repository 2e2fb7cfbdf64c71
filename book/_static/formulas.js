// Formulas keep to their card: a line that is too long is broken before a relation or a sum, and what cannot be
// broken, such as a long fraction, is made smaller. On paper every proof is folded out first.
// Harmless if loaded twice.
(() => {
  const LEAST = 30, STEP = 5;  // per cent of the usual size
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

  /** Boxes that are still too wide give their place to the boxes of the rows inside them; gives those. */
  function open(level) {
    const rows = level.filter(({ box, width }) => box.getBoundingClientRect().width > width + 0.5)
      .flatMap(({ box, width }) => [...box.children].filter(holds).map((row) => ({ box, row, width })))
      .filter(({ row, width }) => row.getBoundingClientRect().width >= 0.35 * width);
    rows.forEach(({ box, row }) => {
      boxes(row);
      box.classList.add("formula-open");
    });
    return rows.flatMap(({ row, width }) => inside(row, width));
  }

  const inside = (row, width) => [...row.querySelectorAll(":scope > .formula-box")].map((box) => ({ box, width }));

  /** All are measured, then all are changed: the page is laid out once for each step, and not for each formula. */
  function fit(formulas) {
    const shown = formulas.filter((formula) => formula.clientWidth).map((formula) => {
      const container = formula.querySelector("mjx-container");
      return { formula, container, math: container && container.querySelector("mjx-math") };
    }).filter(({ math }) => math);
    shown.forEach(({ container }) => { container.style.fontSize = ""; });
    const tooWide = shown.filter(isWide);
    tooWide.forEach(({ math }) => boxes(math));
    let level = tooWide.flatMap(({ formula, math }) => inside(math, formula.clientWidth - 24));
    while (level.length) level = open(level);
    shrink(tooWide.filter(isWide));
  }

  /** Make each formula as small as it must be: its width follows its letters, but for how these are rounded. */
  function shrink(formulas) {
    const size = ({ formula, container }) => parseFloat(getComputedStyle(container).fontSize) / parseFloat(getComputedStyle(formula).fontSize);
    const shares = new Map(formulas.map((one) => [one, STEP * Math.floor(Math.min(100 / STEP - 1, 100 / STEP * size(one) * room(one) + 0.1))]));
    for (let wide = formulas; wide.length; wide = wide.filter((one) => shares.get(one) >= LEAST && isWide(one))) {
      wide.forEach((one) => {
        one.container.style.setProperty("font-size", Math.max(LEAST, shares.get(one)) + "%", "important");
        shares.set(one, shares.get(one) - STEP);
      });
    }
  }

  /** How much of a formula there is room for. */
  function room({ formula, math }) {
    const { left, width } = formula.getBoundingClientRect();
    return Math.min((formula.clientWidth + 1) / math.scrollWidth, (width + 1) / Math.max(1, reach(math) - left));
  }

  const isWide = ({ formula, math }) =>
    math.scrollWidth > formula.clientWidth + 1 || reach(math) > formula.getBoundingClientRect().right + 1;

  function reach(math) {
    return Math.max(0, ...[...math.querySelectorAll(".formula-box")].map((box) => box.getBoundingClientRect().right));
  }

  const all = () => [...document.querySelectorAll(".formula, div.math.notranslate")];
  const fitted = new WeakMap();  // to which width: a formula that has become higher by that is not fitted again
  const watch = new ResizeObserver((entries) => {
    const changed = entries.map(({ target }) => target).filter((formula) => fitted.get(formula) !== formula.clientWidth);
    changed.forEach((formula) => fitted.set(formula, formula.clientWidth));
    fit(changed);
  });

  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((folded) => { folded.open = true; });
    fit(all());
  });
  window.addEventListener("load", () => {
    if (window.MathJax && MathJax.startup) MathJax.startup.promise.then(() => all().forEach((formula) => watch.observe(formula)));
  });
})();
