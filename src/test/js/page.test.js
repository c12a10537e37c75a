import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { chromium } from "playwright-core";
import { freshTopic, missing, publish, token, url } from "./support/gateway.js";
import { cuttingProxy } from "./support/cutting-proxy.js";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const LIMIT = { timeout: 60_000 };
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Why the page can't be tested, or false; an error where it must be. */
function cannotRun() {
  if (existsSync(CHROMIUM)) return missing();
  const reason = `no Chromium at ${CHROMIUM}: set CHROMIUM`;
  if (process.env.OPENCLAW_REQUIRE_BROWSER === "1") throw new Error(reason);
  return reason;
}

describe("the page in Chromium", { skip: cannotRun() }, () => {
  let browser, proxy, context, page, faults, feeding;
  const symbol = `T${Date.now() % 100_000}`;

  before(async () => {
    proxy = await cuttingProxy(url);
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });
  after(async () => {
    await browser?.close();
    await proxy?.close();
  });

  beforeEach(async () => {
    faults = [];
    context = await browser.newContext();
    page = await context.newPage();
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) faults.push(message.text());
    });
    await page.goto(address(`#token=${token}`));
  });
  afterEach(async () => {
    clearInterval(feeding);
    await context.close();
    assert.deepEqual(faults, []);
  });

  function address(hash = "") {
    const here = new URL(url);
    here.port = proxy.port;
    here.hash = hash;
    return here.href;
  }

  /** Waits until the function holds in the page, whose security policy forbids to poll there. */
  async function holds(inPage, argument) {
    while (!(await page.evaluate(inPage, argument))) {
      await page.evaluate(() => new Promise((next) => requestAnimationFrame(next)));
    }
  }

  const state = (wanted) => holds((text) => document.querySelector("#state")?.textContent === text, wanted);
  const changed = (selector, old) =>
    holds(([where, text]) => document.querySelector(where)?.textContent !== text, [selector, old]);

  /** Publishes a price ten times a second. */
  function feed() {
    let price = 100;
    feeding = setInterval(() => {
      price += Math.random() - 0.4;
      const data = { symbol, price, change: price - 100, time: Date.now() };
      publish({ topic: `stock/${symbol}/price`, key: symbol, data }).catch(() => {});
    }, 100);
  }

  test("it connects with the token of the address, which then is not shown any more", LIMIT, async () => {
    await state("connected");
    assert.equal(new URL(page.url()).hash, "");
    assert.notEqual(await page.textContent("#user"), "nobody");
    await page.reload();
    await state("connected");
    assert.notEqual(await page.textContent("#user"), "nobody");
  });

  test("it works in Chromium with the token as a subprotocol", LIMIT, async () => {
    await state("connected");
    const sockets = [];
    page.on("websocket", (socket) => sockets.push(socket.url()));
    await page.reload();
    await state("connected");
    assert.equal(sockets.length, 1);
    assert.ok(!sockets[0].includes(token));
  });

  test("values change and the chart moves", LIMIT, async () => {
    feed();
    const row = `#market tr[data-symbol="${symbol}"]`;
    await page.waitForSelector(row);
    await page.click(row);
    const price = `${row} .price`;
    const first = await page.textContent(price);
    await changed(price, first);
    await changed(price, await page.textContent(price));
    const picture = () => page.evaluate(() => document.querySelector("#chart").toDataURL());
    const before = await picture();
    assert.ok(before.length > 2000, "the chart shows nothing");
    await holds((old) => document.querySelector("#chart").toDataURL() !== old, before);
    assert.equal(await page.textContent("#chart-title"), symbol);
  });

  test("sensors show bare readings and rows of a watched table", LIMIT, async () => {
    await state("connected");
    const at = (place) => `iot/sensor/${symbol}/${place}/temp`;
    await publish(
      { topic: at("floor1"), data: { temp: 20.25 } },
      { topic: at("floor2"), key: "7", data: { op: "insert", row: { id: 7, sensor: "s1", temp: "21.5" }, before: null } },
    );
    await page.waitForSelector(`[data-sensor="${symbol} · floor1"]`);
    const tile = await page.waitForSelector(`[data-sensor="${symbol} · floor2 · s1"] .value`);
    assert.equal(await tile.textContent(), "21.5 °C");
  });

  test("a pattern that is typed shows its publications, and no longer when it is ended", LIMIT, async () => {
    const topic = freshTopic();
    await state("connected");
    await page.fill("#pattern", `${topic}/+`);
    await page.click("#explore button");
    await page.waitForSelector("#subscriptions li.live");
    await publish({ topic: `${topic}/a`, key: "k1", data: { text: "<img src=x onerror=alert(1)>" } });
    await page.waitForSelector("#publications tbody tr");
    const cells = await page.locator("#publications tbody tr").first().locator("td").allTextContents();
    assert.deepEqual(cells.slice(2), [`${topic}/a`, "k1", '{"text":"<img src=x onerror=alert(1)>"}']);
    await page.click("#subscriptions button");
    await publish({ topic: `${topic}/a`, data: 2 });
    await holds(() => !document.querySelector("#subscriptions li"));
    assert.equal(await page.locator("#publications tbody tr").count(), 1);
  });

  test("a pattern that is refused says so", LIMIT, async () => {
    await state("connected");
    await page.fill("#pattern", "a/#/b");
    await page.click("#explore button");
    await page.waitForSelector("#subscriptions li.refused");
    await page.waitForSelector("#events .bad");
  });

  test("it says so while the connection is cut, comes back, and has missed nothing", LIMIT, async () => {
    const topic = freshTopic();
    await state("connected");
    await page.fill("#pattern", topic);
    await page.click("#explore button");
    await page.waitForSelector("#subscriptions li.live");
    await publish({ topic, data: 1 });
    await page.waitForSelector("#publications tbody tr");
    await page.evaluate(() => {
      globalThis.states = [];
      const target = document.querySelector("#state");
      new MutationObserver(() => globalThis.states.push(target.textContent)).observe(target, { childList: true });
    });
    proxy.cut();
    await publish({ topic, data: 2 });
    await holds(() => globalThis.states.includes("reconnecting"));
    await state("connected");
    await holds(() => document.querySelectorAll("#publications tbody tr").length === 2);
    const data = await page.locator("#publications tbody td:last-child").allTextContents();
    assert.deepEqual(data, ["2", "1"]);
  });

  test("a wrong token is told, and the right one entered connects", LIMIT, async () => {
    await page.fill("#token", "wrong");
    await page.click("#sign-in button");
    await state("closed");
    await page.waitForSelector("#events .bad");
    await page.fill("#token", token);
    await page.click("#sign-in button");
    await state("connected");
  });
});
