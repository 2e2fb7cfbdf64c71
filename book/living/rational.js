// Exact rational numbers {top, bottom} of BigInt, bottom > 0: what people type, before any rounding.

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,4}))?$/;

/** Read a decimal or a quotient of two decimals, such as "0.1" or "2/1.2"; an Error of one line for anything else. */
export function rational(text) {
  const parts = String(text).trim().split("/");
  if (parts.length > 2) throw new Error(`'${text}' is not a number: write it as 0.1, 1e-3 or 2/1.2`);
  const [top, bottom] = [decimal(parts[0], text), parts.length > 1 ? decimal(parts[1], text) : { top: 1n, bottom: 1n }];
  if (bottom.top === 0n) throw new Error(`'${text}' divides by 0`);
  const sign = bottom.top < 0n ? -1n : 1n;
  return { top: sign * top.top * bottom.bottom, bottom: sign * top.bottom * bottom.top };
}

function decimal(part, whole) {
  const trimmed = part.trim();
  const found = DECIMAL.exec(trimmed);
  const exponent = found ? Number(found[1] || 0) : 0;
  if (!found || Math.abs(exponent) > 2000) throw new Error(`'${whole}' is not a number: write it as 0.1, 1e-3 or 2/1.2`);
  const [digits, after = ""] = trimmed.replace(/^[+-]/, "").replace(/[eE].*$/, "").split(".");
  const power = exponent - after.length;
  const top = (trimmed.startsWith("-") ? -1n : 1n) * BigInt(digits + after);
  return power >= 0 ? { top: top * 10n ** BigInt(power), bottom: 1n } : { top, bottom: 10n ** BigInt(-power) };
}

/** The exact value of a finite float. */
export function exact(float) {
  if (!Number.isFinite(float)) throw new Error(`${float} is not finite`);
  let exponent = 0;
  while (!Number.isInteger(float)) {
    float *= 2;
    exponent += 1;
  }
  return { top: BigInt(float), bottom: 1n << BigInt(exponent) };
}

/** The nearest float64 of a rational, as a reader sees it in a plot. */
export function approximately({ top, bottom }) {
  const shift = BigInt(Math.max(0, 64 - (bits(top) - bits(bottom))));
  return scaled((top << shift) / bottom, -Number(shift));
}

/** How many binary digits a whole number has. */
export function bits(whole) {
  const size = whole < 0n ? -whole : whole;
  if (size === 0n) return 0;
  const digits = size.toString(16);
  return 4 * (digits.length - 1) + 32 - Math.clz32(parseInt(digits[0], 16));
}

/** mantissa 2^exponent as a float64. */
export function scaled(mantissa, exponent) {
  const extra = Math.max(0, bits(mantissa) - 64);
  let value = Number(mantissa >> BigInt(extra));
  let power = exponent + extra;
  while (power > 500 && Number.isFinite(value)) [value, power] = [value * 2 ** 500, power - 500];
  while (power < -500 && value !== 0) [value, power] = [value * 2 ** -500, power + 500];
  return value * 2 ** power;
}
