// Random numbers that depend on a seed and an index alone, so that a shared address shows the same run.

/** A generator of numbers in (0, 1). */
export function uniform(seed, index = 0) {
  let word = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) >>> 0;
  return () => {
    word = (word + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(word ^ (word >>> 15), word | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
}

/** A generator of standard normal numbers. */
export function normal(seed, index = 0) {
  const next = uniform(seed, index);
  return () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next());
}

/** So many of the samples 0, ..., n - 1 without replacement, in ascending order. */
export function batch(n, size, seed, index) {
  const next = uniform(seed, index);
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < size; i++) {
    const other = i + Math.floor(next() * (n - i));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order.slice(0, size).sort((one, other) => one - other);
}
