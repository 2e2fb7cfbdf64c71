// The rule for the next step: gradient descent, its stochastic version, gradient flow.

import { batch } from "living/random";
import { exact } from "living/rational";
import { sharpness } from "living/sharpness";

/** theta+ = theta - eta grad L(theta). */
export function gradientDescent(model, step) {
  const rates = model.rates(step, model.samples);
  return (state) => model.minus(state, model.increments(state, rates));
}

/** The same with the loss of exactly so many samples, drawn afresh in each step. */
export function stochastic(model, step, size, seed) {
  const rates = model.rates(step, size);
  return (state, index) => model.minus(state, model.increments(state, rates, batch(model.samples, size, seed, index)));
}

/** theta' = -grad L by the classical Runge-Kutta method with steps 1/(2 S), S refreshed every ten steps. */
export function gradientFlow(model) {
  const { a } = model;
  const [half, two, six] = [a.of("1/2"), a.whole(2), a.whole(6)];
  const times = (state, factor) => ({ f: state.f.map((x) => a.mul(x, factor)), v: state.v.map((x) => a.mul(x, factor)) });
  const plus = (one, other) => ({ f: one.f.map((x, i) => a.add(x, other.f[i])), v: one.v.map((x, j) => a.add(x, other.v[j])) });
  let rates = null;
  return (state, index) => {
    if (index % 10 === 0 || !rates) {
      const top = Math.max(sharpness(model.data, model.seen(state)), 1e-12);
      rates = model.rates(a.ofRational(exact(0.5 / top)), model.samples);
    }
    const first = model.increments(state, rates);
    const second = model.increments(model.minus(state, times(first, half)), rates);
    const third = model.increments(model.minus(state, times(second, half)), rates);
    const fourth = model.increments(model.minus(state, third), rates);
    const sum = plus(plus(first, fourth), times(plus(second, third), two));
    return model.minus(state, { f: sum.f.map((x) => a.div(x, six)), v: sum.v.map((x) => a.div(x, six)) });
  };
}
