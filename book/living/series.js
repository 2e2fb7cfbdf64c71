// Loss and sharpness of the runs against the step.

import { crossing } from "living/run";
import { curve, draw, frame, level } from "living/plot";

const WIDTH = 560;
const LOSS = { left: 52, right: 546, top: 26, bottom: 160 };
const SHARPNESS = { left: 52, right: 546, top: 204, bottom: 404 };

/**
 * @param svg where to
 * @param shown {runs: [{name, run, forecast}], eta, steps, predicted, at}
 */
export function drawSeries(svg, { runs, eta, steps, predicted, at }) {
  svg.setAttribute("viewBox", `0 0 ${WIDTH} 446`);
  svg.replaceChildren();
  const x = { low: 0, high: steps };
  const place = [drawLoss(svg, runs, x), drawSharpness(svg, runs, x, eta, predicted)];
  if (at !== null) {
    const px = place[0].x(at);
    draw(svg, "line", { x1: px, x2: px, y1: LOSS.top, y2: SHARPNESS.bottom, class: "living-cursor" });
  }
  return (px) => Math.round(((px - LOSS.left) / (LOSS.right - LOSS.left)) * steps);
}

function stepsOf(run) {
  return run.sharpness.map((_, i) => i);
}

function drawLoss(svg, runs, x) {
  const all = runs.flatMap(({ run }) => run.loss).filter(Number.isFinite);
  const low = Math.max(-40, all.reduce((a, b) => Math.min(a, b), 0) - 0.5);
  const high = Math.min(6, all.reduce((a, b) => Math.max(a, b), low + 1) + 0.5);
  const place = frame(svg, LOSS, x, { low, high }, "log\u2081\u2080 of the loss");
  for (const { name, run } of runs) curve(svg, place, stepsOf(run), run.loss, `living-curve living-${name}`);
  return place;
}

function drawSharpness(svg, runs, x, eta, predicted) {
  const top = runs.flatMap(({ run }) => run.ceiling.slice(0, 2)).reduce((a, b) => Math.max(a, b), Math.max(predicted, 2 / eta));
  const seen = runs.flatMap(({ run }) => run.sharpness).reduce((a, b) => Math.max(a, b), 0);
  const y = { low: 0, high: 1.12 * Math.min(Math.max(Math.min(top, 6 / eta), Math.min(seen, 6 / eta)), Math.max(top, 2.2 / eta)) };
  const place = frame(svg, SHARPNESS, x, y, "sharpness", "step");
  const [first] = runs;
  if (first) band(svg, place, first.run);
  for (const { name, run } of runs) {
    curve(svg, place, stepsOf(run), run.ceiling, `living-ceiling living-${name}`);
    curve(svg, place, stepsOf(run), run.sharpness, `living-curve living-${name}`);
  }
  level(svg, place, predicted, "predicted \u015c", "living-predicted");
  level(svg, place, 2 / eta, "2/\u03b7", "living-threshold");
  for (const { name, run, forecast } of runs) {
    marker(svg, place, forecast, `living-mark living-${name}`, "M-5 -9L5 -9L0 0Z");
    marker(svg, place, crossing(run, eta).back, `living-mark living-${name}`, "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0 -4 0");
  }
  return place;
}

/** Between the bounds at the minimizer of the imbalance that the run has at each step. */
function band(svg, place, run) {
  const clip = (value) => Math.min(Math.max(place.y(value), place.box.top), place.box.bottom).toFixed(1);
  const up = run.upper.map((value, i) => `${place.x(i).toFixed(1)} ${clip(value)}`);
  const down = run.lower.map((value, i) => `${place.x(i).toFixed(1)} ${clip(value)}`).reverse();
  draw(svg, "path", { d: `M${[...up, ...down].join("L")}Z`, class: "living-band" });
}

function marker(svg, place, step, kind, shape) {
  if (step === null || step === undefined) return;
  draw(svg, "path", { d: shape, class: kind, transform: `translate(${place.x(step).toFixed(1)} ${place.box.top})` });
}
