/**
 * How long to wait before a reconnect: "full jitter", a uniformly random time below a bound that
 * doubles with each failure.
 *
 * @param {number} attempt 0 for the first
 * @param {{base: number, cap: number}} bounds in ms
 * @param {() => number} random in [0, 1)
 * @returns {number} ms
 */
export function fullJitter(attempt, { base, cap }, random = Math.random) {
  return random() * Math.min(cap, base * 2 ** Math.min(attempt, 50));
}

/**
 * A uniformly random moment in the window that `goodbye` names.
 *
 * @param {[number, number]} window [min, max] in ms
 * @param {() => number} random in [0, 1)
 * @returns {number} ms
 */
export function momentWithin([min, max], random = Math.random) {
  return min + random() * Math.max(0, max - min);
}

/** Whether a close code of the gateway forbids to come back (4500-4999). */
export function isFinal(code) {
  return code >= 4500 && code <= 4999;
}
