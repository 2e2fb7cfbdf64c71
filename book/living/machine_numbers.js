// The processor's own numbers: float64 as it is, float32 by rounding each result once more, which changes no bit,
// since 53 bits are more than twice 24 and two.

import { BigNumbers } from "living/big_numbers";
import { exact, rational } from "living/rational";

const WIDTHS = { float32: { bits: 24, least: -126 }, float64: { bits: 53, least: -1022 } };

export class MachineNumbers {
  constructor(name) {
    this.name = name;
    this.bits = WIDTHS[name].bits;
    const fit = name === "float32" ? Math.fround : (value) => value;
    this.mul = (a, b) => fit(a * b);
    this.add = (a, b) => fit(a + b);
    this.sub = (a, b) => fit(a - b);
    this.div = (a, b) => fit(a / b);
    this.neg = (a) => -a;
    this.fit = fit;
  }

  /** Round an exact rational once; small numbers have fewer bits. */
  ofRational(value) {
    const { bits, least } = WIDTHS[this.name];
    const wide = new BigNumbers(bits).ofRational(value);
    const place = wide.e + bits - 1;
    if (wide.m === 0n || place >= least) return this.fit(new BigNumbers(bits).toFloat(wide));
    const kept = bits - (least - place);
    return kept < 2 ? 0 : new BigNumbers(kept).toFloat(new BigNumbers(kept).ofRational(value));
  }

  of(text) {
    return this.ofRational(rational(text));
  }

  whole(n) {
    return this.ofRational({ top: BigInt(n), bottom: 1n });
  }

  isFinite(a) {
    return Number.isFinite(a);
  }

  toFloat(a) {
    return a;
  }

  log10(a) {
    return Math.log10(Math.abs(a));
  }

  toText(a) {
    const { top, bottom } = exact(a);
    const number = new BigNumbers(this.bits).ofRational({ top, bottom });
    return new BigNumbers(this.bits).toText(number);
  }
}
