// What theory says of the global minimizer that has given imbalances C_j = ||u||^2 - v_j^2.

import { sharpness } from "living/sharpness";

/** ||u||^2 there: the root a of a prod_j (a - C_j) = Q. */
export function firstLayerSquared(imbalances, difficulty) {
  const gap = (a) => imbalances.reduce((product, C) => product * Math.max(0, a - C), a) - difficulty;
  let low = Math.max(0, ...imbalances);
  let high = low * (1 + 2 ** -40) + 1;  // beyond low, however large it is
  while (gap(high) < 0) high = low + 2 * (high - low);
  for (let i = 0; i < 200 && high > low; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (gap(middle) < 0) low = middle;
    else high = middle;
  }
  return high;
}

/** Sharpness and its two bounds at that minimizer: Theorem 4.3 at two layers, Theorem 4.6 where all C_j are 0. */
export function atMinimizer(data, imbalances) {
  const { label, singular, samples } = data;
  const difficulty = label.reduce((sum, d, i) => sum + (d / singular[i]) ** 2, 0);
  if (!(difficulty > 0)) return { sharpness: 0, lower: 0, upper: 0 };
  const a = firstLayerSquared(imbalances, difficulty);
  // Where a - C cancels, the product of the others over Q tells the layer.
  const squares = imbalances.map((C) => (imbalances.length === 1 ? difficulty / a : a - C));
  const v = squares.map(Math.sqrt);
  const P = v.reduce((x, y) => x * y, 1);
  const inverse = squares.reduce((sum, square) => sum + 1 / square, 0);
  const bound = (labels) => (singular[0] ** 2 * P ** 2 + labels * inverse) / samples;
  const state = { v, f: label.map((d) => d / P), z: label.map(() => 0) };
  const whole = label.reduce((sum, d) => sum + d * d, 0);
  return { sharpness: sharpness(data, state), lower: bound(label[0] ** 2), upper: bound(whole), first: Math.sqrt(a), v };
}

/** Q = sum d_i^2 / s_i^2 (Definition 4.1). */
export function difficulty({ label, singular }) {
  return label.reduce((sum, d, i) => sum + (d / singular[i]) ** 2, 0);
}

/** Predicted sharpness (s_1^2 / N) Q^((D-1)/D) (Definition 5.8). */
export function predicted(data, depth) {
  return (data.singular[0] ** 2 / data.samples) * difficulty(data) ** ((depth - 1) / depth);
}
