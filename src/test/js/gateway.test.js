import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, afterEach, before, describe, test } from "node:test";
import { connect, freshTopic, missing, publish, recordingWebSocket, ticket, until, url } from "./support/gateway.js";
import { cuttingProxy } from "./support/cutting-proxy.js";
import { once } from "./support/scripted-socket.js";

const SKIP = missing();
const LIMIT = { timeout: 60_000 };
const LONGEST_HEARTBEAT_MS = 5000;

describe("with a gateway", { skip: SKIP }, () => {
  let proxy;
  const clients = [];

  before(async () => {
    proxy = await cuttingProxy(url);
  });
  after(() => proxy.close());
  afterEach(() => clients.splice(0).forEach((client) => client.close()));

  const open = (...args) => {
    const client = connect(...args);
    clients.push(client);
    return client;
  };
  const values = (list) => list.map((publication) => publication.data);
  const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  test("what is published over the socket arrives once, with its position", LIMIT, async () => {
    const topic = freshTopic();
    const client = open();
    const got = [];
    const { ready } = client.subscribe(`${topic}/#`, (publication) => got.push(publication));
    client.subscribe(`${topic}/+`, () => {});
    await ready;
    const position = await client.publish(`${topic}/a`, { x: 1 }, { key: "k" });
    await until(client, () => got.length > 0);
    await client.ping();
    assert.equal(got.length, 1);
    const [{ time, ...publication }] = got;
    assert.deepEqual(publication, { topic: `${topic}/a`, offset: position.offset, key: "k", data: { x: 1 } });
    assert.ok(Math.abs(Date.now() - time) < 60_000);
  });

  test("the same event id is appended once", LIMIT, async () => {
    const topic = freshTopic();
    const client = open();
    const eventId = randomUUID();
    const first = await client.publish(topic, 1, { eventId });
    assert.deepEqual(await client.publish(topic, 1, { eventId }), first);
    assert.deepEqual(values((await client.history(topic)).items), [1]);
  });

  test("a client does not hear itself if it asked so", LIMIT, async () => {
    const topic = freshTopic();
    const client = open();
    const got = [];
    await client.subscribe(topic, ({ data }) => got.push(data)).ready;
    await client.publish(topic, "mine", { echo: false });
    await client.publish(topic, "heard");
    await until(client, () => got.length > 0);
    assert.deepEqual(got, ["heard"]);
  });

  test("history is read page by page", LIMIT, async () => {
    const topic = freshTopic();
    await publish(...range(1, 5).map((data) => ({ topic, data })));
    const client = open();
    const first = await client.history(topic, { limit: 3 });
    assert.deepEqual([values(first.items), first.more], [[1, 2, 3], true]);
    const since = { epoch: first.epoch, offset: first.items.at(-1).offset };
    const second = await client.history(topic, { limit: 3, since });
    assert.deepEqual([values(second.items), second.more], [[4, 5], false]);
    const newest = await client.history(topic, { limit: 2, reverse: true });
    assert.deepEqual(values(newest.items), [5, 4]);
  });

  test("a subscription begins with the last of each topic, then what is new", LIMIT, async () => {
    const topic = freshTopic();
    await publish(...range(1, 6).map((data) => ({ topic: `${topic}/${data % 2}`, data })));
    const client = open();
    const got = [];
    await client.subscribe(`${topic}/+`, { history: 2 }, ({ data }) => got.push(data)).ready;
    await client.publish(`${topic}/0`, 7);
    await until(client, () => got.length === 5);
    assert.deepEqual(got, [3, 4, 5, 6, 7]);
  });

  test("mode latest begins with the current value of each key", LIMIT, async () => {
    const topic = freshTopic();
    await publish(...["a1", "b1", "a2"].map((data) => ({ topic, key: data[0], data })));
    const client = open();
    const got = [];
    const subscription = await client.subscribe(topic, { mode: "latest" }, (each) => got.push(each)).ready;
    assert.equal(subscription.mode, "latest");
    assert.deepEqual(got.map(({ data, snapshot }) => [data, snapshot]), [["b1", true], ["a2", true]]);
    await client.publish(topic, "b2", { key: "b" });
    await until(client, () => got.length === 3);
    assert.equal(got[2].data, "b2");
  });

  test("a filter lets through what meets it", LIMIT, async () => {
    const topic = freshTopic();
    const client = open();
    const got = [];
    await client.subscribe(topic, { filter: "x > 2 AND name = 'a'" }, ({ data }) => got.push(data.x)).ready;
    await publish(...range(1, 5).map((x) => ({ topic, data: { x, name: x === 4 ? "b" : "a" } })));
    await until(client, () => got.includes(5));
    assert.deepEqual(got, [3, 5]);
    await assert.rejects(client.subscribe(`${topic}/x`, { filter: "x >" }).ready, { code: "bad_request" });
  });

  test("a paced subscription that is cut ends at the newest value of each key, none of them twice", LIMIT, async () => {
    const topic = freshTopic();
    const keys = ["a", "b", "c", "d"];
    const client = open({}, proxy.port);
    const offsets = [];
    const newest = {};
    const take = ({ key, data, offset }) => {
      offsets.push(offset);
      newest[key] = data;
    };
    client.subscribe(`${topic}/other`);
    await client.subscribe(topic, { mode: "latest", maxRate: 20 }, take).ready;
    for (let i = 1; i <= 100; i++) {
      await publish(...keys.map((key) => ({ topic, key, data: i })), { topic: `${topic}/other`, data: i });
      if (i % 30 === 0) proxy.cut();
    }
    await until(client, () => keys.every((key) => newest[key] === 100));
    assert.equal(new Set(offsets).size, offsets.length);
  });

  test("an older subscription, added while others are live, misses nothing", LIMIT, async () => {
    const topic = freshTopic();
    const [start] = await publish({ topic: `${topic}/a`, data: 0 });
    const client = open();
    const all = [];
    const late = [];
    await client.subscribe(`${topic}/#`, ({ data }) => all.push(data)).ready;
    await publish(...range(1, 5).map((data) => ({ topic: `${topic}/a`, data })));
    await until(client, () => all.length === 5);
    const older = client.subscribe(`${topic}/a`, { since: start }, ({ data }) => late.push(data));
    await publish(...range(6, 9).map((data) => ({ topic: `${topic}/a`, data })));
    await older.ready;
    await until(client, () => all.length === 9 && late.length === 9);
    assert.deepEqual([all, late], [range(1, 9), range(1, 9)]);
  });

  test("an unknown epoch is told as a gap, and the new one adopted", LIMIT, async () => {
    const topic = freshTopic();
    const [{ epoch }] = await publish({ topic, data: 0 });
    const client = open();
    const gap = once(client, "gap");
    const got = [];
    const subscription = client.subscribe(topic, { since: { epoch: "lost", offset: 12 } }, ({ data }) => got.push(data));
    const told = await gap;
    assert.deepEqual([told.topic, told.reason, told.epoch], [topic, "epoch", epoch]);
    await subscription.ready;
    assert.equal(subscription.position.epoch, epoch);
    await client.publish(topic, 1);
    await until(client, () => got.at(-1) === 1);
    assert.deepEqual(got.filter((data) => data === 1), [1]);
  });

  test("after a cut all subscriptions go in one frame, since the position", LIMIT, async () => {
    const topic = freshTopic();
    const recording = recordingWebSocket();
    const client = open({ WebSocket: recording.WebSocket }, proxy.port);
    const patterns = range(1, 50).map((i) => `${topic}/${i}/#`);
    await Promise.all(patterns.map((pattern) => client.subscribe(pattern).ready));
    const position = await client.publish(`${topic}/7`, "x");
    await until(client, () => true);
    await client.ping();
    const again = once(client, "connected");
    proxy.cut();
    await again;
    await client.ping();
    const subscribes = recording.connections[1].filter((frame) => [].concat(frame)[0].op === "subscribe");
    assert.equal(subscribes.length, 1);
    assert.deepEqual(subscribes[0].filter(({ op }) => op === "subscribe").map(({ topic: pattern }) => pattern), patterns);
    for (const { since } of subscribes[0].filter(({ op }) => op === "subscribe")) {
      assert.equal(since.epoch, position.epoch);
      assert.ok(since.offset >= position.offset);
    }
  });

  test("nothing is lost or doubled while the connection is cut again and again", LIMIT, async () => {
    const topic = freshTopic();
    const COUNT = 3000;
    const client = open({}, proxy.port);
    const all = [];
    const odd = [];
    const events = [];
    const gaps = [];
    let cuts = 0;
    client.on("gap", (gap) => gaps.push(gap));
    client.on("message", ({ data }) => events.push(data));
    client.subscribe(`${topic}/#`, ({ data }) => all.push(data));
    await client.subscribe(`${topic}/1`, ({ data }) => odd.push(data)).ready;
    const publishing = (async () => {
      for (let next = 1; next <= COUNT; next += 10) {
        await publish(...range(next, next + 9).map((data) => ({ topic: `${topic}/${data % 2}`, data })));
        if (cuts < 10 && next >= (cuts + 1) * 250) {
          cuts++;
          proxy.cut();
        }
      }
    })();
    await Promise.all([publishing, until(client, () => all.length >= COUNT && odd.length >= COUNT / 2)]);
    await client.ping();
    assert.equal(cuts, 10);
    assert.deepEqual(all, range(1, COUNT));
    assert.deepEqual(odd, range(1, COUNT).filter((data) => data % 2 === 1));
    assert.deepEqual(events, range(1, COUNT));
    assert.deepEqual(gaps, []);
  });

  test("a subscription that is cut while it catches up misses nothing", LIMIT, async () => {
    const topic = freshTopic();
    const COUNT = 2000;
    const [start] = await publish({ topic, data: 0 });
    for (let next = 1; next <= COUNT; next += 100) {
      await publish(...range(next, next + 99).map((data) => ({ topic, data })));
    }
    const client = open({}, proxy.port);
    const live = [];
    const late = [];
    await client.subscribe(`${topic}/#`, ({ data }) => live.push(data)).ready;
    let cuts = 0;
    client.subscribe(topic, { since: start }, ({ data }) => {
      late.push(data);
      if (data % 400 === 0 && cuts < 4) {
        cuts++;
        proxy.cut();
      }
    });
    await until(client, () => late.length >= COUNT);
    await publish({ topic, data: COUNT + 1 });
    await until(client, () => live.length > 0 && late.length > COUNT);
    assert.deepEqual(late, range(1, COUNT + 1));
    assert.deepEqual(live, [COUNT + 1]);
  });

  test("a client that reads too slowly is sent away, comes back, and misses nothing", LIMIT, async () => {
    const topic = freshTopic();
    const client = open({}, proxy.port);
    const got = [];
    await client.subscribe(topic, ({ data }) => got.push(data.i)).ready;
    const disconnected = once(client, "disconnected");
    const reconnecting = once(client, "reconnecting");
    const release = proxy.throttle(2_000_000);
    const filler = "x".repeat(16_000);
    const COUNT = 2500;
    for (let i = 1; i <= COUNT; i += 50) {
      await publish(...range(i, i + 49).map((n) => ({ topic, data: { i: n, filler } })));
    }
    release();
    // 1006: it was too slow even for the goodbye, and was cut.
    const { code, reconnect } = await disconnected;
    assert.ok(reconnect && [4001, 1006].includes(code), `${code}`);
    assert.ok((await reconnecting).delay <= 2000);
    await until(client, () => got.length >= COUNT);
    assert.deepEqual(got, range(1, COUNT));
  });

  test("silence makes the client come back", LIMIT, async (context) => {
    const topic = freshTopic();
    const client = open({}, proxy.port);
    const got = [];
    const { heartbeat } = await once(client, "connected");
    if (heartbeat > LONGEST_HEARTBEAT_MS) {
      return context.skip(`a heartbeat of ${heartbeat} ms takes too long; set openclaw.session.heartbeat`);
    }
    await client.subscribe(topic, ({ data }) => got.push(data)).ready;
    const disconnected = once(client, "disconnected");
    const frozenAt = Date.now();
    proxy.freeze();
    await publish({ topic, data: 1 });
    assert.equal((await disconnected).reason, "silence");
    assert.ok(Date.now() - frozenAt <= 2 * heartbeat + 1000);
    await until(client, () => got.length > 0);
    assert.deepEqual(got, [1]);
  });

  test("a quiet connection is kept alive by the gateway", LIMIT, async (context) => {
    const client = open();
    const { heartbeat } = await once(client, "connected");
    if (heartbeat > LONGEST_HEARTBEAT_MS) return context.skip(`a heartbeat of ${heartbeat} ms takes too long`);
    const ended = once(client, "disconnected").then(() => "ended");
    const alive = new Promise((resolve) => setTimeout(resolve, 3.5 * heartbeat, "alive"));
    assert.equal(await Promise.race([ended, alive]), "alive");
  });

  test("a final goodbye ends it", LIMIT, async () => {
    const recording = recordingWebSocket();
    const client = open({ WebSocket: recording.WebSocket });
    await once(client, "connected");
    const disconnected = once(client, "disconnected");
    for (let i = 0; i < 20; i++) recording.sockets[0].sendRaw("{not json");
    assert.deepEqual(await disconnected, { code: 4500, reason: "bad protocol", reconnect: false });
  });

  test("a wrong token ends it with the reason", LIMIT, async () => {
    const client = open({ token: "eyJhbGciOiJIUzI1NiJ9.e30.AAAA" });
    const error = once(client, "error");
    const disconnected = await once(client, "disconnected");
    assert.equal((await error).code, "unauthorized");
    assert.deepEqual([disconnected.code, disconnected.reconnect], [4501, false]);
  });

  test("a token in a message is as good as one in the handshake", LIMIT, async () => {
    const byMessage = open({ authenticate: "message" });
    const byHandshake = open();
    const [one, other] = await Promise.all([once(byMessage, "connected"), once(byHandshake, "connected")]);
    assert.ok(one.user);
    assert.equal(one.user, other.user);
    await byMessage.publish(freshTopic(), 1);
  });

  test("a ticket is as good as the token it was given for", LIMIT, async () => {
    const client = open({ authenticate: "ticket", token: ticket });
    assert.ok((await once(client, "connected")).user);
    await client.publish(freshTopic(), 1);
  });

  test("what is not granted is refused, and the connection lives", LIMIT, async () => {
    const client = open({ token: undefined });
    await assert.rejects(client.subscribe(freshTopic()).ready, (error) => /forbidden|unauthorized/.test(error.code));
    await assert.rejects(client.publish(freshTopic(), 1), (error) => /forbidden|unauthorized/.test(error.code));
    assert.ok((await client.ping()).roundTrip > 0);
  });

  test("a pattern that is none is refused", LIMIT, async () => {
    const client = open();
    await assert.rejects(client.subscribe("a/#/b").ready, { code: "bad_request" });
  });

  test("the gateway serves the client, and it is the one that is tested", LIMIT, async () => {
    const served = await fetch(new URL("client/openclaw.js", url));
    assert.match(served.headers.get("content-type"), /javascript/);
    const { readFile } = await import("node:fs/promises");
    const here = new URL("../../main/webapp/client/openclaw.js", import.meta.url);
    assert.equal(await served.text(), await readFile(here, "utf8"));
  });
});
