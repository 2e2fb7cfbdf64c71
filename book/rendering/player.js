// Draws the run that the two controls choose: log10 of the loss above, the sharpness with 2/eta below.
(function () {
  const data = JSON.parse(document.getElementById("player-data").textContent);
  const step = document.getElementById("player-step");
  const precision = document.getElementById("player-precision");
  const plot = document.getElementById("player-plot");
  const left = 44, right = 496;

  function make(name, attributes, text) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const key in attributes) element.setAttribute(key, attributes[key]);
    if (text !== undefined) element.textContent = text;
    plot.appendChild(element);
    return element;
  }

  function ticks(low, high) {
    const size = Math.pow(10, Math.floor(Math.log10(high - low)));
    const gap = [0.2, 0.5, 1, 2, 5].map((m) => m * size).find((g) => (high - low) / g <= 5) || size;
    const found = [];
    for (let at = Math.ceil(low / gap) * gap; at <= high + 1e-9; at += gap) found.push(Number(at.toPrecision(6)));
    return found;
  }

  function panel(top, bottom, values, low, high, title, name, last) {
    const x = (place) => left + ((right - left) * place) / last;
    const y = (value) => bottom - ((bottom - top) * (Math.min(Math.max(value, low), high) - low)) / (high - low);
    for (const tick of ticks(low, high)) {
      make("line", { x1: left, x2: right, y1: y(tick), y2: y(tick), class: "player-grid" });
      make("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, String(tick));
    }
    make("text", { x: left, y: top - 8, class: "player-title" }, title);
    const points = values.map((value, place) => x(place * data.every).toFixed(1) + "," + y(value).toFixed(1));
    make("polyline", { points: points.join(" "), class: "player-curve", id: name });
    return y;
  }

  function draw() {
    const threshold = data.thresholds[step.value];
    const run = data.runs[threshold][precision.value];
    const last = Math.max(40, ...Object.values(data.runs[threshold]).map((other) => other.loss.length * data.every));
    plot.textContent = "";
    panel(28, 190, run.loss, -16, 2, "log10 of the loss", "player-loss", last);
    const top = Math.max(2.1, 1.15 * Number(threshold));
    const y = panel(232, 400, run.sharpness, 0, top, "sharpness", "player-sharpness", last);
    const level = y(Number(threshold));
    make("line", { x1: left, x2: right, y1: level, y2: level, class: "player-threshold", id: "player-threshold" });
    make("text", { x: right, y: level - 6, "text-anchor": "end" }, "2/eta = " + threshold);
    for (const tick of ticks(0, last)) {
      make("text", { x: left + ((right - left) * tick) / last, y: 418, "text-anchor": "middle" }, String(tick));
    }
    make("text", { x: (left + right) / 2, y: 436, "text-anchor": "middle" }, "step");
    document.getElementById("player-step-words").textContent =
      "2/eta = " + threshold + ", eta = " + (2 / Number(threshold)).toPrecision(4);
    document.getElementById("player-words").textContent =
      "With 2/eta = " + threshold + " in " + precision.value + " the run ended with: " + run.outcome + ", at step " + run.last + ".";
  }

  step.addEventListener("input", draw);
  precision.addEventListener("change", draw);
  draw();
})();
