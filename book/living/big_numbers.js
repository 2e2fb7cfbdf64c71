// Floating point of any number of bits: {m, e} stands for m 2^e with m a BigInt of exactly so many bits, or m = 0n.
// Every operation is rounded to the nearest number, ties to even, as mpmath and MPFR do; the exponent has no limits.

import { bits as length, rational, scaled } from "living/rational";

const ZERO = { m: 0n, e: 0 };

export class BigNumbers {
  constructor(bits) {
    if (!Number.isInteger(bits) || bits < 2 || bits > 4096) throw new Error(`${bits} bits: give a whole number from 2 to 4096`);
    this.bits = bits;
    this.name = `${bits} bits`;
    this.limit = 1n << BigInt(bits);  // mantissas are below it
    this.half = this.limit >> 1n;  // and not below this
    this.product = 1n << BigInt(2 * bits - 1);  // a product of two mantissas has a digit more from here on
    this.width = BigInt(bits);
  }

  /** Round n 2^e, n of any size. */
  rounded(n, e) {
    return n === 0n ? ZERO : this.cut(n, e, length(n) - this.bits);
  }

  /** Round n 2^e, where n has `excess` digits too many. */
  cut(n, e, excess) {
    if (excess <= 0) return { m: n << BigInt(-excess), e: e + excess };
    const shift = BigInt(excess);
    let m = n >> shift;  // towards minus infinity, so that what is left is not negative
    const rest = n - (m << shift);
    const middle = 1n << (shift - 1n);
    if (rest > middle || (rest === middle && (m & 1n) === 1n)) m += 1n;
    if (m === this.limit || m === -this.limit) return { m: m >> 1n, e: e + excess + 1 };
    return { m, e: e + excess };
  }

  mul(a, b) {
    const n = a.m * b.m;
    if (n === 0n) return ZERO;
    const size = n < 0n ? -n : n;
    return this.cut(n, a.e + b.e, size >= this.product ? this.bits : this.bits - 1);
  }

  add(a, b) {
    if (a.m === 0n) return b;
    if (b.m === 0n) return a;
    if (a.e < b.e) [a, b] = [b, a];
    const apart = a.e - b.e;
    if (apart > this.bits + 2) return a;  // b is less than a quarter of a's last place
    return this.rounded((a.m << BigInt(apart)) + b.m, b.e);
  }

  neg(a) {
    return { m: -a.m, e: a.e };
  }

  sub(a, b) {
    return this.add(a, this.neg(b));
  }

  div(a, b) {
    if (a.m === 0n) return ZERO;
    const shift = this.width + 2n;
    const top = (a.m < 0n ? -a.m : a.m) << shift;
    const bottom = b.m < 0n ? -b.m : b.m;
    const quotient = top / bottom;
    const sticky = quotient * bottom === top ? 0n : 1n;  // more than the digits that are kept says whether it is a tie
    const n = (quotient << 1n) | sticky;
    return this.rounded((a.m < 0n) === (b.m < 0n) ? n : -n, a.e - b.e - Number(shift) - 1);
  }

  /** Round an exact rational once. */
  ofRational({ top, bottom }) {
    if (top === 0n) return ZERO;
    const size = top < 0n ? -top : top;
    const shift = Math.max(0, this.bits + 3 - (length(size) - length(bottom)));
    const wide = size << BigInt(shift);
    const quotient = wide / bottom;
    const n = (quotient << 1n) | (quotient * bottom === wide ? 0n : 1n);
    return this.rounded(top < 0n ? -n : n, -shift - 1);
  }

  of(text) {
    return this.ofRational(rational(text));
  }

  whole(n) {
    return this.rounded(BigInt(n), 0);
  }

  isFinite() {
    return true;
  }

  toFloat(a) {
    return scaled(a.m, a.e);
  }

  log10(a) {
    const extra = Math.max(0, this.bits - 60);
    return a.m === 0n ? -Infinity : Math.log10(Math.abs(Number(a.m >> BigInt(extra)))) + (a.e + extra) * Math.log10(2);
  }

  /** The number exactly, an odd whole number and a power of two: 1.5 is "3p-1", as the package writes it. */
  toText({ m, e }) {
    if (m === 0n) return "0p0";
    while ((m & 1n) === 0n) [m, e] = [m >> 1n, e + 1];
    return `${m < 0n ? "-" : ""}${(m < 0n ? -m : m).toString(16)}p${e}`;
  }
}
