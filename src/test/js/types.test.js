import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

test("a program in TypeScript compiles against the types", () => {
  const compiler = here("node_modules/typescript/bin/tsc");
  const flags = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--lib", "es2022,dom"];
  try {
    execFileSync(process.execPath, [compiler, ...flags, here("support/program.ts")], { encoding: "utf8" });
  } catch (error) {
    assert.fail(error.stdout);
  }
});
