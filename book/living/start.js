// Where a run begins: exact numbers for the coefficients c_i and the layers, from what the settings say.

import { normal } from "living/random";
import { approximately, exact, rational } from "living/rational";

/** {c, v, size, layer}: exact rationals, and the point of the plane that they are. */
export function startOf(settings, data) {
  const depth = Number(settings.depth);
  if (!Number.isInteger(depth) || depth < 2 || depth > 10) throw new Error("the depth is a whole number from 2 to 10");
  const c = settings.c ? given(settings.c, data.s.length) : drawn(Number(settings.seed), data.s.length, approximately(rational(settings.size || "0.5")));
  const layer = rational(settings.v);
  const size = Math.hypot(...c.map(approximately));
  return { c, v: Array(depth - 1).fill(layer), size, layer: approximately(layer) };
}

function given(text, rank) {
  const c = text.split(",").map(rational);
  if (c.length !== rank) throw new Error(`give ${rank} coefficients c, one for each mode, or leave them out`);
  return c;
}

function drawn(seed, rank, size) {
  const direction = Array.from({ length: rank }, normal(seed, 11));
  const length = Math.hypot(...direction);
  return direction.map((value) => exact((value / length) * size));
}

/** The settings with the start moved to another point of the plane, in the same direction. */
export function movedTo(settings, start, size, layer) {
  const short = (value) => String(Number(value.toPrecision(4)));
  const c = settings.c && start.size > 0 ? start.c.map((value) => short((approximately(value) * size) / start.size)).join(",") : "";
  return { ...settings, c, size: settings.c ? "" : short(size), v: short(layer) };
}
