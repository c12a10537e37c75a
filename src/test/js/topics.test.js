import assert from "node:assert/strict";
import { test } from "node:test";
import { matcher } from "../../main/webapp/client/topics.js";

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
