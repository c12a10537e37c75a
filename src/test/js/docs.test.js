import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import WebSocket from "ws";
import { OpenClaw } from "../../main/webapp/client/openclaw.js";
import { connect, missing, token, url } from "./support/gateway.js";

const AsyncFunction = (async () => {}).constructor;
const guide = readFileSync(new URL("../../../docs/client.md", import.meta.url), "utf8");
const examples = [...guide.matchAll(/^```js\n(.*?)^```/gms)].map(([, code]) => code);

/** The example with this gateway's address and token, and without its imports. */
function runnable(code) {
  return code
    .replace(/^import .*$/gm, "")
    .replaceAll("https://gateway.example.com/ws", new URL("ws", url).href)
    .replaceAll("eyJ…", token);
}

describe("the examples of docs/client.md", { skip: missing() }, () => {
  const shared = connect();
  const made = [shared];
  class Client extends OpenClaw {
    constructor(address, options) {
      super(address, { WebSocket, ...options });
      made.push(this);
    }
  }
  after(() => made.forEach((client) => client.close()));

  test("there are some", () => assert.ok(examples.length >= 8));

  examples.forEach((code, i) => {
    const [title] = code.trim().split("\n").filter((line) => !line.startsWith("import")).join(" ").trim().split("\n");
    test(`example ${i + 1} runs: ${title.slice(0, 60)}`, { timeout: 30_000 }, async () => {
      const printed = [];
      const console = { log: (...values) => printed.push(values) };
      const fetch = async () => ({ text: async () => token });
      const own = /const client =/.test(code);
      const names = own ? ["OpenClaw", "WebSocket", "console", "fetch"] : ["client", "console"];
      const values = own ? [Client, WebSocket, console, fetch] : [shared, console];
      await new AsyncFunction(...names, runnable(code))(...values);
      const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
      const said = printed.map((line) => line.map(inspected).join(" "));
      for (const text of promised) assert.ok(said.includes(text), `${text} is not among ${said}`);
    });
  });
});

function inspected(value) {
  if (Array.isArray(value)) return `[ ${value.map((each) => `'${each}'`).join(", ")} ]`;
  return String(value);
}
