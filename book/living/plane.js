// The plane of ||u|| and v: hyperbolas of constant imbalance, the minimizers coloured by their sharpness, the runs.

import { atMinimizer, difficulty } from "living/minimizer";
import { curve, draw, frame } from "living/plot";

const BOX = { left: 44, right: 406, top: 26, bottom: 404 };

/** @param shown {data, depth, eta, runs, start, at, focused} */
export function drawPlane(svg, { data, depth, eta, runs, start, at }) {
  const focused = svg.contains(document.activeElement);
  svg.setAttribute("viewBox", "0 0 420 446");
  svg.replaceChildren();
  const balanced = difficulty(data) ** (1 / (2 * depth));
  const reach = 1.25 * Math.max(1.4 * balanced, start.size, Math.abs(start.layer));
  const low = Math.min(0, 1.15 * start.layer);
  const place = frame(svg, BOX, { low: 0, high: reach }, { low, high: reach }, "v against \u2016u\u2016", "\u2016u\u2016");
  hyperbolas(svg, place, reach, start);
  minimizers(svg, place, data, depth, eta, reach);
  for (const { name, run } of runs) {
    const inside = run.size.map((value, i) => (value <= reach && run.layer[i] <= reach && run.layer[i] >= low ? value : NaN));
    curve(svg, place, inside, run.layer, `living-path living-${name}`);
    const now = Math.min(at ?? run.size.length - 1, run.size.length - 1);
    if (inside[now] >= 0) draw(svg, "circle", { cx: place.x(run.size[now]), cy: place.y(run.layer[now]), r: 4.5, class: `living-mark living-${name}` });
  }
  const handle = draw(svg, "circle", {
    cx: place.x(start.size), cy: place.y(start.layer), r: 9, class: "living-start", tabindex: 0, role: "slider",
    "aria-label": "Start, moved with the arrow keys", "aria-valuemin": 0, "aria-valuemax": reach.toFixed(2), "aria-valuenow": start.size.toFixed(3),
    "aria-valuetext": `norm of u ${start.size.toPrecision(3)}, v ${start.layer.toPrecision(3)}`,
  });
  if (focused) handle.focus({ preventScroll: true });
  return {
    handle,
    size: (px) => ((px - BOX.left) / (BOX.right - BOX.left)) * reach,
    layer: (py) => low + ((BOX.bottom - py) / (BOX.bottom - BOX.top)) * (reach - low),
    reach,
  };
}

function hyperbolas(svg, place, reach, start) {
  const own = start.size ** 2 - start.layer ** 2;
  for (const share of [-0.8, -0.5, -0.25, 0, 0.25, 0.5, 0.8]) branch(svg, place, share * reach ** 2, reach, "living-hyperbola");
  branch(svg, place, own, reach, "living-hyperbola living-own");
}

function branch(svg, place, imbalance, reach, kind) {
  const sizes = Array.from({ length: 121 }, (_, i) => Math.sqrt(Math.max(0, imbalance)) + (i / 120) ** 2 * reach).filter((u) => u <= reach);
  const layers = sizes.map((u) => Math.sqrt(Math.max(0, u * u - imbalance)));
  curve(svg, place, sizes.map((u, i) => (layers[i] <= reach ? u : NaN)), layers, kind);
}

/** The curve ||u|| v^(D-1) = sqrt(Q): wide and green where the minimizer is stable, thin and from orange to red where not. */
function minimizers(svg, place, data, depth, eta, reach) {
  const root = Math.sqrt(difficulty(data));
  const layerAt = (u) => (root / u) ** (1 / (depth - 1));
  const least = root / reach ** (depth - 1);
  const count = 48;
  for (let i = 0; i < count; i++) {
    const ends = [i, i + 1].map((k) => least * (reach / least) ** (k / count));
    const middle = Math.sqrt(ends[0] * ends[1]);
    const sharp = atMinimizer(data, Array(depth - 1).fill(middle ** 2 - layerAt(middle) ** 2)).sharpness;
    const over = (eta * sharp) / 2;
    const colour = over <= 1 ? "var(--living-stable)" : `hsl(${Math.max(0, 32 - 22 * Math.log2(over)).toFixed(0)} 85% 48%)`;
    curve(svg, place, ends, ends.map(layerAt), over <= 1 ? "living-minimizers living-wide" : "living-minimizers").style.stroke = colour;
  }
}
