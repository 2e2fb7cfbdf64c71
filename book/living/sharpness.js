// The sharpness, the top eigenvalue of the Hessian, of a state in float64: bisection on whether lambda I - N H is
// positive definite. The modes are a diagonal block, so what is left to decide on has one row for each later layer.

/**
 * @param data {samples, singular}
 * @param state {f, z, v} as Model.seen gives it
 */
export function sharpness(data, { f, z, v }) {
  const layers = v.length;
  const P = v.reduce((x, y) => x * y, 1);
  const without = (...skipped) => v.reduce((x, y, j) => (skipped.includes(j) ? x : x * y), 1);
  const p = v.map((_, j) => without(j));
  const alpha = data.singular.map((s) => (P * s) ** 2);
  const weight = data.singular.map((s, i) => (s * (z[i] + P * f[i])) ** 2);
  const F = f.reduce((sum, x) => sum + x * x, 0);
  const G = f.reduce((sum, x, i) => sum + x * z[i], 0);
  const coupling = v.map((_, j) => v.map((_, k) => (j === k ? 0 : G * without(j, k))));
  const border = p.reduce((sum, x) => sum + x * x, 0);
  const size = F * border + coupling.flat().reduce((sum, x) => sum + Math.abs(x), 0);
  let low = Math.max(0, ...alpha);
  let high = low + size + Math.sqrt(weight.reduce((sum, x) => sum + x, 0) * border);
  if (!Number.isFinite(high)) return NaN;
  const above = (lambda) => {
    let phi = F;
    for (let i = 0; i < alpha.length; i++) phi += weight[i] / (lambda - alpha[i]);
    return layers === 1 ? lambda > phi : isPositive(p, coupling, phi, lambda);
  };
  while (high - low > 4e-15 * high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (above(middle)) high = middle;
    else low = middle;
  }
  return high / data.samples;
}

/** Whether lambda I - phi p p^T - coupling is positive definite: every pivot of its elimination is positive. */
function isPositive(p, coupling, phi, lambda) {
  const rows = p.map((one, j) => p.map((other, k) => (j === k ? lambda : 0) - phi * one * other - coupling[j][k]));
  for (let j = 0; j < rows.length; j++) {
    if (!(rows[j][j] > 0)) return false;
    for (let k = j + 1; k < rows.length; k++) {
      const ratio = rows[k][j] / rows[j][j];
      for (let l = j; l < rows.length; l++) rows[k][l] -= ratio * rows[j][l];
    }
  }
  return true;
}
