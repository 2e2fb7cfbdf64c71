// Singular values of a table by one-sided Jacobi rotations: pairs of columns are turned until all are orthogonal.

/**
 * @param X rows of numbers, N by d
 * @param y N labels
 * @returns {singular, label, left}: s_i in descending order, d_i = e_i . y, and the e_i as rows of N by r
 */
export function decomposed(X, y) {
  const [N, d] = [X.length, X[0].length];
  // Fewer columns are quicker; of the transposed table the e_i are what the rotations gather.
  const wide = d > N;
  const columns = wide ? X.map((row) => Float64Array.from(row)) : Array.from({ length: d }, (_, j) => Float64Array.from(X, (row) => row[j]));
  const turned = wide ? columns.map((_, k) => Float64Array.from(columns, (_, i) => (i === k ? 1 : 0))) : null;
  let off = 1;
  for (let sweep = 0; sweep < 40 && off > 1e-15; sweep++) {
    off = 0;
    for (let j = 0; j < columns.length; j++) {
      for (let k = j + 1; k < columns.length; k++) off = Math.max(off, turn(columns, turned, j, k));
    }
  }
  const sizes = columns.map((column) => Math.sqrt(dot(column, column)));
  const order = sizes.map((_, i) => i).sort((i, j) => sizes[j] - sizes[i]);
  const floor = sizes[order[0]] * Math.max(N, d) * Number.EPSILON;
  const kept = order.filter((i) => sizes[i] > floor);
  const left = kept.map((i) => (wide ? turned[i] : columns[i].map((value) => value / sizes[i])));
  return {
    singular: kept.map((i) => sizes[i]),
    label: left.map((e) => dot(e, y)),
    left: y.map((_, n) => left.map((e) => e[n])),
  };
}

function dot(one, other) {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += one[i] * other[i];
  return sum;
}

/** Make two columns orthogonal; gives the cosine that they had. */
function turn(columns, turned, j, k) {
  const [one, other] = [columns[j], columns[k]];
  const [a, b, c] = [dot(one, one), dot(other, other), dot(one, other)];
  const cosine = a * b > 0 ? Math.abs(c) / Math.sqrt(a * b) : 0;
  if (cosine < 1e-16) return 0;
  const zeta = (b - a) / (2 * c);
  const t = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const cos = 1 / Math.sqrt(1 + t * t);
  const sin = cos * t;
  rotate(one, other, cos, sin);
  if (turned) rotate(turned[j], turned[k], cos, sin);
  return cosine;
}

function rotate(one, other, cos, sin) {
  for (let i = 0; i < one.length; i++) {
    const x = one[i];
    one[i] = cos * x - sin * other[i];
    other[i] = sin * x + cos * other[i];
  }
}
