// What the pictures show, in a sentence with its numbers.

import { crossing } from "living/run";

export function told({ name, run, forecast }, eta) {
  const { kind, precision, batch } = run.setting;
  const rule = kind === "flow" ? "gradient flow" : kind === "sgd" ? `descent on batches of ${batch}` : "gradient descent";
  const last = run.sharpness.length - 1;
  const { up, back } = crossing(run, eta);
  const kindOfNumber = /float/.test(precision) ? precision : `${precision} bits`;
  const edge = kind === "flow" ? [] : up === null
    ? ["never passes 2/\u03b7"]
    : [`passes 2/\u03b7 at step ${up}`, back === null ? "does not fall back" : `falls back at step ${back}`];
  if (forecast !== null && kind === "gd" && up !== null) edge.push(`rounding is predicted to have grown back at step ${forecast}`);
  const end = run.outcome === "diverged" ? `diverges at step ${last + 1}` : `reaches step ${last}`;
  return `Run ${name.toUpperCase()}, ${rule} in ${kindOfNumber}: ${[...edge, end].join(", ")}, with loss ${tenTo(run.loss[last])} and sharpness ${run.sharpness[last].toPrecision(5)}.`;
}

export function at(run, step) {
  const i = Math.min(step, run.sharpness.length - 1);
  const imbalance = run.size[i] ** 2 - run.layer[i] ** 2;
  return `Step ${i}: loss ${tenTo(run.loss[i])}, sharpness ${run.sharpness[i].toPrecision(5)}, ceiling ${run.ceiling[i].toPrecision(5)}, ` +
    `bounds ${run.lower[i].toPrecision(5)} to ${run.upper[i].toPrecision(5)}, imbalance ${imbalance.toPrecision(4)}.`;
}

/** 10 to some power, also beyond float64. */
function tenTo(power) {
  if (!Number.isFinite(power)) return "0";
  const whole = Math.floor(power);
  return `${(10 ** (power - whole)).toFixed(2)}e${whole}`;
}
