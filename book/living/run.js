// One run, step by step, with everything that the pictures show of it.

import { arithmetic } from "living/arithmetic";
import { atMinimizer } from "living/minimizer";
import { Model } from "living/model";
import { gradientDescent, gradientFlow, stochastic } from "living/optimizers";
import { sharpness } from "living/sharpness";

const ESCAPE = 2 ** 100;

/**
 * A generator: each `next()` takes one step and appends to the series of the run that it yields.
 * @param data of `load`
 * @param start {c, v}: exact rationals
 * @param setting {depth, step, steps, seed} and {kind, precision, batch} of this run
 */
export function* train(data, start, setting) {
  const a = arithmetic(setting.precision);
  const model = new Model(a, data, setting.depth);
  const rule = ruleOf(model, a.of(setting.step), setting);
  const run = { setting, loss: [], sharpness: [], ceiling: [], lower: [], upper: [], size: [], layer: [], outcome: "", model };
  let state = model.state(start.c, start.v);
  for (let index = 0; ; index++) {
    const seen = model.seen(state);
    const sharp = seen.v.every((value) => Math.abs(value) < ESCAPE) ? sharpness(data, seen) : NaN;
    if (!Number.isFinite(sharp)) {
      run.outcome = "diverged";
      break;
    }
    record(run, data, model, state, seen, sharp);
    yield run;
    if (index >= setting.steps) {
      run.outcome = "went on to the last step";
      break;
    }
    state = rule(state, index);
  }
  run.final = state;
  yield run;
}

function ruleOf(model, step, { kind, batch, seed }) {
  if (kind === "flow") return gradientFlow(model);
  return kind === "sgd" && batch < model.samples ? stochastic(model, step, batch, seed) : gradientDescent(model, step);
}

function record(run, data, model, state, seen, sharp) {
  const size = Math.sqrt(seen.c.reduce((sum, value) => sum + value * value, 0));
  const limit = atMinimizer(data, seen.v.map((value) => size * size - value * value));
  run.loss.push(model.a.log10(model.loss(state)));
  run.sharpness.push(sharp);
  run.ceiling.push(limit.sharpness);
  run.lower.push(limit.lower);
  run.upper.push(limit.upper);
  run.size.push(size);
  run.layer.push(seen.v[0]);
}

/** The first step with eta S > 2, and after it the first with eta S < 2 again; null where there is none. */
export function crossing(run, eta) {
  const up = run.sharpness.findIndex((value) => eta * value > 2);
  const back = up < 0 ? -1 : run.sharpness.findIndex((value, at) => at > up && eta * value < 2);
  return { up: up < 0 ? null : up, back: back < 0 ? null : back };
}

/**
 * When the sharpness is to fall back at so many bits, from a run that has not fallen back by then: an oscillation that
 * was rounded off at the last place grows by |1 - eta S| a step, so each bit more buys one bit of growth. An observation,
 * not a theorem; the chapter on precision has the law with its error.
 */
export function predictedReturn(run, eta, bits) {
  const { up, back } = crossing(run, eta);
  if (up === null) return null;
  const logs = run.sharpness.map((value) => Math.log2(Math.abs(1 - eta * value)));
  const fallen = -logs.slice(0, up).reduce((sum, value) => sum + value, 0);
  let grown = 0;
  for (let t = up; t < (back ?? run.sharpness.length); t++) {
    grown += logs[t];
    if (grown >= Math.min(bits, fallen)) return t;
  }
  return null;
}
