// What theory says of the global minimizer that has given imbalances C_j = ||u||^2 - v_j^2.

import { sharpness } from "living/sharpness";

/**
 * ||u||^2 and all v_j^2 there: the root a of a prod_j (a - C_j) = Q, and a - C_j.
 * Solved for a's distance from the largest of 0 and the C_j, so that the smallest layer keeps its digits.
 */
export function squaredLayers(imbalances, difficulty) {
  const largest = Math.max(0, ...imbalances);
  const squares = (distance) => [largest, ...imbalances.map((C) => largest - C)].map((gap) => distance + gap);
  const whole = (distance) => squares(distance).reduce((product, square) => product * square, 1);
  let low = 0;
  let high = 1;
  while (whole(high) < difficulty) high *= 2;
  while (true) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return squares(high);
    if (whole(middle) < difficulty) low = middle;
    else high = middle;
  }
}

/** Sharpness and its two bounds at that minimizer: Theorem 4.3 at two layers, Theorem 4.6 where all C_j are 0. */
export function atMinimizer(data, imbalances) {
  const { label, singular, samples } = data;
  const difficulty = label.reduce((sum, d, i) => sum + (d / singular[i]) ** 2, 0);
  if (!(difficulty > 0)) return { sharpness: 0, lower: 0, upper: 0 };
  const [first, ...squares] = squaredLayers(imbalances, difficulty);
  const v = squares.map(Math.sqrt);
  const P = v.reduce((x, y) => x * y, 1);
  const inverse = squares.reduce((sum, square) => sum + 1 / square, 0);
  const bound = (labels) => (singular[0] ** 2 * P ** 2 + labels * inverse) / samples;
  const state = { v, f: label.map((d) => d / P), z: label.map(() => 0) };
  const whole = label.reduce((sum, d) => sum + d * d, 0);
  return { sharpness: sharpness(data, state), lower: bound(label[0] ** 2), upper: bound(whole), first: Math.sqrt(first), v };
}

/** Q = sum d_i^2 / s_i^2 (Definition 4.1). */
export function difficulty({ label, singular }) {
  return label.reduce((sum, d, i) => sum + (d / singular[i]) ** 2, 0);
}

/** Predicted sharpness (s_1^2 / N) Q^((D-1)/D) (Definition 5.8). */
export function predicted(data, depth) {
  return (data.singular[0] ** 2 / data.samples) * difficulty(data) ** ((depth - 1) / depth);
}
