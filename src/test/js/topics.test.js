import assert from "node:assert/strict";
import { test } from "node:test";
import { matcher, overlap } from "../../main/webapp/client/topics.js";

const CASES = [
  ["stock/AAPL/price", "stock/AAPL/price", true],
  ["stock/AAPL/price", "stock/aapl/price", false],
  ["stock/+/price", "stock/AAPL/price", true],
  ["stock/+/price", "stock/AAPL/US/price", false],
  ["stock/+/price", "stock/price", false],
  ["stock/+", "stock", false],
  ["stock/#", "stock", true],
  ["stock/#", "stock/AAPL/price", true],
  ["stock/#", "stocks/AAPL", false],
  ["#", "a/b/c", true],
  ["+", "a", true],
  ["+/#", "a", true],
  ["#", "$sys/node", false],
  ["+/node", "$sys/node", false],
  ["$sys/#", "$sys/node", true],
  ["$presence/+", "$presence/room", true],
  ["a/+/#", "a/b", true],
  ["a/+/#", "a", false],
];

for (const [pattern, topic, expected] of CASES) {
  test(`${pattern} ${expected ? "matches" : "does not match"} ${topic}`, () => {
    assert.equal(matcher(pattern)(topic), expected);
  });
}

const OVERLAPS = [
  ["a/b", "a/b", true],
  ["a/b", "a/c", false],
  ["a/+", "a/b", true],
  ["a/+", "+/b", true],
  ["a/+", "a/b/c", false],
  ["a/#", "a", true],
  ["a/#", "a/b/+", true],
  ["a/#", "b/#", false],
  ["#", "$sys/node", false],
  ["$sys/#", "$sys/+", true],
  ["a/b/#", "+/c/#", false],
  ["a/b/#", "a", false],
];

for (const [one, other, expected] of OVERLAPS) {
  test(`${one} and ${other} ${expected ? "overlap" : "have no topic in common"}`, () => {
    assert.deepEqual([overlap(one, other), overlap(other, one)], [expected, expected]);
  });
}
