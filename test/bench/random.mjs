// Seeded pseudo-random numbers (mulberry32), so that every run of a generator writes the same octets.

/** Returns a function that gives numbers in [0, 1). */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Exponentially distributed with the given mean. */
export function exponential(random, mean) {
  return -Math.log(1 - random()) * mean;
}

/** `length` hexadecimal digits. */
export function hex(random, length) {
  let text = '';
  while (text.length < length) text += ((random() * 0x100000000) >>> 0).toString(16).padStart(8, '0');
  return text.slice(0, length);
}
