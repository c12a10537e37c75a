import assert from "node:assert/strict";
import { test } from "node:test";
import { fullJitter, isFinal, momentWithin } from "../../main/webapp/client/timing.js";

const BOUNDS = { base: 100, cap: 1000 };

test("jitter is uniform below a bound that doubles", () => {
  assert.deepEqual([0, 1, 2, 3].map((attempt) => fullJitter(attempt, BOUNDS, () => 0.5)), [50, 100, 200, 400]);
  assert.equal(fullJitter(2, BOUNDS, () => 0), 0);
});

test("jitter never exceeds the cap, however many attempts there were", () => {
  for (const attempt of [4, 10, 100, 1e6]) assert.ok(fullJitter(attempt, BOUNDS, () => 0.999) < 1000);
});

test("a window is used in its whole width, and a wrong one at its beginning", () => {
  assert.equal(momentWithin([1000, 5000], () => 0), 1000);
  assert.equal(momentWithin([1000, 5000], () => 0.5), 3000);
  assert.equal(momentWithin([1000, 500], () => 0.5), 1000);
});

test("only the codes 4500 to 4999 are final", () => {
  assert.deepEqual([1000, 1006, 4000, 4499, 4500, 4513, 4999, 5000].filter(isFinal), [4500, 4513, 4999]);
});
