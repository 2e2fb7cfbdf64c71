// The minimalist model in the coordinates that move: f_i = s_i c_i for each mode, v_j for each later layer.
// The order of operations is that of numerics/model/reduced.py, which is what makes the runs equal to the last bit.

import { exact } from "living/rational";

const LANES = 16;

export class Model {
  /**
   * @param a the arithmetic
   * @param data {samples, s, d, left, labels, unreachable}: s and d as exact rationals, left and labels (for batches)
   *   as float64 rows, unreachable the part of the loss that no weights remove
   * @param depth D, at least 2
   */
  constructor(a, data, depth) {
    this.a = a;
    this.depth = depth;
    this.samples = data.samples;
    this.s = data.s.map((value) => a.ofRational(value));
    this.d = data.d.map((value) => a.ofRational(value));
    this.data = data;
    this.unreachable = data.unreachable ? a.ofRational(exact(data.unreachable)) : a.whole(0);
  }

  /** A state from coefficients c_i and layers v_j, exact rationals. */
  state(c, v) {
    const { a } = this;
    return { f: c.map((value, i) => a.mul(this.s[i], a.ofRational(value))), v: v.map((value) => a.ofRational(value)) };
  }

  /** Fold a step size and 1 / batch into the constants of a step. */
  rates(step, batch) {
    const { a } = this;
    const perSample = a.div(step, a.whole(batch));
    return { first: this.s.map((s) => a.mul(a.mul(s, s), perSample)), layers: perSample };
  }

  /** The step size times the gradient of the loss over all samples, or over a batch of them. */
  increments({ f, v }, rates, batch) {
    const { a } = this;
    const P = product(a, v);
    const [z, inner] = batch ? this.overBatch(f, P, batch) : this.overAll(f, P);
    const slope = a.mul(rates.layers, inner);
    const others = productsOfOthers(a, v);
    return {
      f: z.map((value, i) => a.mul(a.mul(rates.first[i], value), P)),
      v: others.map((p) => (p === null ? slope : a.mul(slope, p))),
    };
  }

  overAll(f, P) {
    const z = this.residual(f, P);
    return [z, total(this.a, z.map((value, i) => this.a.mul(value, f[i])))];
  }

  overBatch(f, P, batch) {
    const { a } = this;
    const { left, labels } = this.samplesOf();
    const outputs = batch.map((n) => total(a, left[n].map((e, i) => a.mul(e, f[i]))));
    const residual = batch.map((n, k) => a.sub(a.mul(P, outputs[k]), labels[n]));
    const z = f.map((_, i) => total(a, batch.map((n, k) => a.mul(left[n][i], residual[k]))));
    return [z, total(a, residual.map((value, k) => a.mul(value, outputs[k])))];
  }

  /** Left singular vectors, a row for each sample, and labels, rounded to the arithmetic once they are needed. */
  samplesOf() {
    const { a, data } = this;
    this.rounded ??= {
      left: data.left.map((row) => row.map((value) => a.ofRational(exact(value)))),
      labels: data.labels.map((value) => a.ofRational(exact(value))),
    };
    return this.rounded;
  }

  residual(f, P) {
    const { a } = this;
    return f.map((value, i) => a.sub(a.mul(P, value), this.d[i]));
  }

  minus(state, increment) {
    const { a } = this;
    return {
      f: state.f.map((value, i) => a.sub(value, increment.f[i])),
      v: state.v.map((value, j) => a.sub(value, increment.v[j])),
    };
  }

  /** L = sum_i z_i^2 / (2 N), and what no weights can remove. */
  loss({ f, v }) {
    const { a } = this;
    const z = this.residual(f, product(a, v));
    const reachable = a.div(total(a, z.map((value) => a.mul(value, value))), a.whole(2 * this.samples));
    return a.add(reachable, this.unreachable);
  }

  /** The state in float64: coefficients c_i, outputs f_i, residuals z_i and layers. */
  seen({ f, v }) {
    const { a } = this;
    const layers = v.map((value) => a.toFloat(value));
    const outputs = f.map((value) => a.toFloat(value));
    const z = this.residual(f, product(a, v)).map((value) => a.toFloat(value));
    return { v: layers, f: outputs, z, c: outputs.map((value, i) => value / a.toFloat(this.s[i])) };
  }
}

export function product(a, layers) {
  return layers.slice(1).reduce((so_far, layer) => a.mul(so_far, layer), layers[0]);
}

/** P / v_j for every j without a division, null where there is no other layer. */
export function productsOfOthers(a, layers) {
  const before = layers.map(() => null);
  const after = layers.map(() => null);
  for (let j = 1; j < layers.length; j++) before[j] = before[j - 1] === null ? layers[j - 1] : a.mul(before[j - 1], layers[j - 1]);
  for (let j = layers.length - 2; j >= 0; j--) after[j] = after[j + 1] === null ? layers[j + 1] : a.mul(layers[j + 1], after[j + 1]);
  return layers.map((_, j) => (before[j] === null ? after[j] : after[j] === null ? before[j] : a.mul(before[j], after[j])));
}

/** The sum in the common order: sixteen lanes, then pairs of lanes eight, four, two and one apart. */
export function total(a, terms) {
  if (terms.length === 0) return a.whole(0);
  let lanes = terms.slice(0, LANES);
  for (let i = LANES; i < terms.length; i++) lanes[i % LANES] = a.add(lanes[i % LANES], terms[i]);
  for (const apart of [8, 4, 2, 1]) {
    if (lanes.length > apart) {
      for (let k = 0; k + apart < lanes.length; k++) lanes[k] = a.add(lanes[k], lanes[k + apart]);
      lanes = lanes.slice(0, apart);
    }
  }
  return lanes[0];
}
