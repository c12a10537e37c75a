import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { OpenClaw } from "../../main/webapp/client/openclaw.js";
import { once, scriptedSockets } from "./support/scripted-socket.js";

let sockets, client;

beforeEach(() => {
  sockets = scriptedSockets();
});

afterEach(() => client?.close());

function connect(options = {}) {
  client = new OpenClaw("ws://gateway/ws", {
    WebSocket: sockets.WebSocket,
    backoff: { base: 1, cap: 2 },
    ...options,
  });
  return sockets.next();
}

/** Answers the subscribe commands of a frame, with nothing to catch up. */
function answer(socket, frame, offset = 10) {
  const commands = [].concat(frame).filter((message) => message.op === "subscribe");
  for (const { id, topic } of commands) {
    socket.say({ op: "subscribed", id, topic, epoch: "e1", offset, mode: "events", recovered: true });
    socket.say({ op: "live", topic, offset });
  }
}

test("a client of quiet topics resumes from where the last ping said that it stands", async () => {
  const socket = await connect();
  socket.welcome();
  client.subscribe("quiet");
  answer(socket, await socket.frame(0));
  socket.say({ op: "ping", epoch: "e1", offset: 25 });
  socket.die();
  const second = await sockets.next();
  second.welcome();
  assert.deepEqual((await second.frame(0)).since, { epoch: "e1", offset: 25 });
});

test("a page's address is turned into that of a WebSocket", async () => {
  client = new OpenClaw("https://gateway/openclaw/ws", { WebSocket: sockets.WebSocket });
  assert.equal((await sockets.next()).url, "wss://gateway/openclaw/ws");
});

test("the token goes with the handshake as a subprotocol", async () => {
  const socket = await connect({ token: "a.b.c" });
  assert.deepEqual(socket.protocols, ["openclaw.v1.json", "openclaw.bearer.a.b.c"]);
});

test("the token function is called for each connection", async () => {
  let calls = 0;
  const socket = await connect({ token: async () => `t${++calls}` });
  socket.welcome();
  socket.die();
  const second = await sockets.next();
  assert.deepEqual([socket.protocols[1], second.protocols[1]], ["openclaw.bearer.t1", "openclaw.bearer.t2"]);
});

test("the token goes in a message if asked, and nothing is subscribed before it is accepted", async () => {
  const socket = await connect({ token: "a.b.c", authenticate: "message" });
  client.subscribe("a");
  assert.deepEqual(socket.protocols, ["openclaw.v1.json"]);
  socket.welcome();
  const auth = await socket.frame(0);
  assert.deepEqual(auth, { op: "auth", token: "a.b.c", id: auth.id });
  assert.equal(client.state, "connecting");
  const connected = once(client, "connected");
  socket.say({ op: "ok", id: auth.id, user: "ada", expires: 1 });
  assert.equal((await connected).user, "ada");
  assert.equal((await socket.frame(1)).op, "subscribe");
});

test("a ticket goes with each handshake, a new one each time, and renews nothing", async () => {
  let calls = 0;
  const socket = await connect({ token: () => `t${++calls}`, authenticate: "ticket" });
  assert.deepEqual(socket.protocols, ["openclaw.v1.json", "openclaw.ticket.t1"]);
  socket.welcome();
  socket.say({ op: "expiring", expires: 1 });
  socket.die();
  const second = await sockets.next();
  assert.deepEqual(second.protocols, ["openclaw.v1.json", "openclaw.ticket.t2"]);
  second.die();
  assert.deepEqual((await sockets.next()).protocols[1], "openclaw.ticket.t3");
});

test("a token that is no subprotocol goes in a message", async () => {
  const socket = await connect({ token: "with space" });
  assert.deepEqual(socket.protocols, ["openclaw.v1.json"]);
});

test("after a refused handshake the token goes in a message, so that the reason is told", async () => {
  const first = await connect({ token: "bad" });
  first.die();
  const second = await sockets.next();
  assert.deepEqual(second.protocols, ["openclaw.v1.json"]);
  second.welcome();
  const { id } = await second.frame(0);
  const [error, disconnected] = [once(client, "error"), once(client, "disconnected")];
  second.say({ op: "error", id, code: "unauthorized", message: "the token has expired", retry: false });
  assert.equal((await error).code, "unauthorized");
  assert.deepEqual(await disconnected, { code: 4501, reason: "the token has expired", reconnect: false });
  assert.equal(client.state, "closed");
});

test("subscriptions made in one turn go in one frame", async () => {
  const socket = await connect();
  socket.welcome();
  client.subscribe("a");
  client.subscribe("b");
  assert.deepEqual((await socket.frame(0)).map((message) => message.topic), ["a", "b"]);
});

test("after a reconnect all subscriptions go in one frame, since the position", async () => {
  const socket = await connect();
  const got = [];
  client.subscribe("a/#", (publication) => got.push(publication.offset));
  client.subscribe("b", { filter: "x > 1" });
  socket.welcome();
  answer(socket, await socket.frame(0));
  socket.say({ op: "pub", topic: "a/1", offset: 11, time: 0, data: 1 });
  socket.die();
  const second = await sockets.next();
  second.welcome();
  const since = { epoch: "e1", offset: 11 };
  const frame = await second.frame(0);
  assert.deepEqual(frame.map(({ id, ...rest }) => rest), [
    { op: "subscribe", topic: "a/#", since },
    { op: "subscribe", topic: "b", filter: "x > 1", since },
  ]);
  answer(second, frame, 11);
  second.say(
    { op: "pub", topic: "a/1", offset: 11, time: 0, data: 1 },
    { op: "pub", topic: "a/1", offset: 12, time: 0, data: 2 },
  );
  assert.deepEqual(got, [11, 12]);
});

test("subscriptions beyond the frame that the gateway takes go in several rounds", async () => {
  const socket = await connect();
  const all = [];
  for (let i = 0; i < 20; i++) all.push(client.subscribe(`topic/${i}`).ready);
  socket.welcome({ limits: { message: 1000, subscriptions: 100 } });
  for (let i = 0; socket.frames.flat().length < 20; i++) answer(socket, await socket.frame(i));
  await Promise.all(all);
  for (const frame of socket.frames) assert.ok(JSON.stringify(frame).length <= 1000);
});

test("a publication that matches several subscriptions is one message event", async () => {
  const socket = await connect();
  const events = [];
  const got = [];
  client.on("message", ({ offset }) => events.push(offset));
  for (const pattern of ["a/#", "a/+", "b"]) client.subscribe(pattern, () => got.push(pattern));
  socket.welcome();
  answer(socket, await socket.frame(0));
  socket.say({ op: "pub", topic: "a/1", offset: 11, time: 0, data: 1 });
  assert.deepEqual([events, got], [[11], ["a/#", "a/+"]]);
});

test("binary arrives as bytes", async () => {
  const socket = await connect();
  let received;
  client.subscribe("a", ({ data }) => (received = data));
  socket.welcome();
  answer(socket, await socket.frame(0));
  socket.say({ op: "pub", topic: "a", offset: 11, time: 0, data64: "AAH/" });
  assert.deepEqual(received, Uint8Array.of(0, 1, 255));
});

test("a listener that throws disturbs nobody and is told as an error", async () => {
  const socket = await connect();
  const got = [];
  client.subscribe("a", () => {
    throw new Error("oops");
  });
  client.subscribe("+", ({ offset }) => got.push(offset));
  socket.welcome();
  answer(socket, await socket.frame(0));
  const error = once(client, "error");
  socket.say({ op: "pub", topic: "a", offset: 11, time: 0, data: 1 });
  assert.equal((await error).code, "listener");
  assert.deepEqual(got, [11]);
});

test("a gap is told as it came", async () => {
  const socket = await connect();
  client.subscribe("a", { since: { epoch: "old", offset: 3 } });
  socket.welcome();
  const { id } = await socket.frame(0);
  const gap = once(client, "gap");
  socket.say({ op: "subscribed", id, topic: "a", epoch: "e2", offset: 9, mode: "events", recovered: false });
  socket.say({ op: "gap", topic: "a", reason: "epoch", epoch: "e2", from: 1, to: 9 });
  assert.deepEqual(await gap, { topic: "a", reason: "epoch", epoch: "e2", from: 1, to: 9 });
});

for (const code of [4000, 4004]) {
  test(`goodbye with ${code} names the window in which to come back`, async () => {
    const socket = await connect({ random: () => 0.5 });
    socket.welcome();
    const [disconnected, reconnecting] = [once(client, "disconnected"), once(client, "reconnecting")];
    socket.say({ op: "goodbye", code, reason: "restart", reconnect: true, after: [100, 300] });
    socket.die(code);
    assert.deepEqual(await disconnected, { code, reason: "restart", reconnect: true });
    const { delay } = await reconnecting;
    assert.ok(delay > 150 && delay <= 200, `${delay}`);
    await sockets.next();
  });
}

test("goodbye without leave to come back, and final close codes, end it", async () => {
  for (const end of [
    (socket) => socket.say({ op: "goodbye", code: 4503, reason: "kicked", reconnect: false }) ?? socket.die(1006),
    (socket) => socket.die(4501, "unauthorized"),
  ]) {
    sockets = scriptedSockets();
    const socket = await connect();
    socket.welcome();
    const disconnected = once(client, "disconnected");
    end(socket);
    assert.equal((await disconnected).reconnect, false);
    assert.equal(client.state, "closed");
  }
});

test("a client that was ended comes back when told to, with its subscriptions", async () => {
  const socket = await connect();
  client.subscribe("a");
  socket.welcome();
  answer(socket, await socket.frame(0));
  socket.die(4503);
  assert.equal(client.state, "closed");
  client.reconnect();
  const second = await sockets.next();
  second.welcome();
  assert.deepEqual((await second.frame(0)).since, { epoch: "e1", offset: 10 });
});

test("silence for two heartbeats is the end of a connection", async () => {
  const socket = await connect();
  const disconnected = once(client, "disconnected");
  socket.welcome({ heartbeat: 20 });
  assert.deepEqual(await disconnected, { code: 1006, reason: "silence", reconnect: true });
  await sockets.next();
});

test("a connection that is never welcomed is given up", async () => {
  await connect({ connectTimeout: 20 });
  await once(client, "reconnecting");
  await sockets.next();
});

test("a late event of a connection that was given up is dropped", async () => {
  const socket = await connect();
  const got = [];
  client.subscribe("a", ({ offset }) => got.push(offset));
  socket.welcome();
  answer(socket, await socket.frame(0));
  client.reconnect();
  socket.say({ op: "pub", topic: "a", offset: 11, time: 0, data: 1 });
  socket.die(4501);
  assert.equal(client.state, "connecting");
  assert.deepEqual(got, []);
});

test("expiring is answered with a new token", async () => {
  let calls = 0;
  const socket = await connect({ token: () => `t${++calls}` });
  socket.welcome();
  socket.say({ op: "expiring", expires: 1 });
  const { op, token } = await socket.frame(0);
  assert.deepEqual([op, token], ["auth", "t2"]);
});

test("a token that can't be had is told, and asked for again", async () => {
  let calls = 0;
  const errors = [];
  const connecting = connect({
    token: () => {
      if (++calls === 1) throw new Error("identity provider is down");
      return "t2";
    },
  });
  client.on("error", (error) => errors.push(error.code));
  assert.deepEqual((await connecting).protocols[1], "openclaw.bearer.t2");
  assert.deepEqual(errors, ["token"]);
});

test("an error reply rejects the promise of its command", async () => {
  const socket = await connect();
  socket.welcome();
  const published = client.publish("a", 1);
  const { id } = await socket.frame(0);
  socket.say({ op: "error", id, code: "forbidden", message: "no", retry: false });
  await assert.rejects(published, { code: "forbidden", message: "no", retry: false });
});

test("commands asked before the connection go out after the subscriptions, in one frame", async () => {
  const socket = await connect();
  const published = client.publish("a", { x: 1 }, { key: "k", eventId: "e" });
  client.subscribe("a");
  socket.welcome();
  const [subscribe, publish] = await socket.frame(0);
  assert.equal(subscribe.op, "subscribe");
  assert.deepEqual({ ...publish, id: 0 }, { op: "publish", topic: "a", data: { x: 1 }, key: "k", eventId: "e", id: 0 });
  socket.say({ op: "published", id: publish.id, epoch: "e1", offset: 5 });
  assert.deepEqual(await published, { epoch: "e1", offset: 5 });
});

test("a lost connection rejects what may have been done, and asks again what can be", async () => {
  const socket = await connect();
  socket.welcome();
  const lost = client.publish("a", 1);
  const safe = client.publish("a", 2, { eventId: "e2" });
  const history = client.history("a", { limit: 5 });
  await socket.frame(0);
  socket.die();
  await assert.rejects(lost, { code: "disconnected", retry: true });
  const second = await sockets.next();
  second.welcome();
  const [publish, ask] = await second.frame(0);
  assert.deepEqual([publish.eventId, ask.op], ["e2", "history"]);
  second.say({ op: "published", id: publish.id, epoch: "e1", offset: 6 });
  second.say({ op: "history", id: ask.id, epoch: "e1", items: [{ topic: "a", offset: 1, data64: "AA==" }], more: false });
  assert.equal((await safe).offset, 6);
  assert.deepEqual((await history).items[0].data, Uint8Array.of(0));
});

test("who is on a topic is asked for, and what they see of this session is set", async () => {
  const socket = await connect();
  socket.welcome();
  const there = client.presence("rooms/1");
  const set = client.setState("rooms/1", { typing: true });
  const [presence, state] = await socket.frame(0);
  assert.deepEqual([presence.op, presence.topic], ["presence", "rooms/1"]);
  assert.deepEqual([state.op, state.topic, state.data], ["state", "rooms/1", { typing: true }]);
  const members = [{ node: "n", session: "s", user: "ada", since: 1 }];
  socket.say({ op: "presence", id: presence.id, topic: "rooms/1", count: 7, members });
  socket.say({ op: "stated", id: state.id, topic: "rooms/1" });
  assert.deepEqual(await there, { count: 7, members });
  await set;
});

test("what waits is bounded in number and in time", async () => {
  await connect({ maxPending: 1, requestTimeout: 10 });
  const first = client.ping();
  await assert.rejects(client.ping(), { code: "too_many_pending" });
  await assert.rejects(first, { code: "timeout", retry: true });
});

test("a message larger than the gateway takes is not sent", async () => {
  const socket = await connect();
  socket.welcome({ limits: { message: 100, subscriptions: 1 } });
  await assert.rejects(client.publish("a", "x".repeat(100)), { code: "too_large" });
});

test("close rejects what waits", async () => {
  const socket = await connect();
  socket.welcome();
  const waiting = client.request("quote", { symbol: "A" });
  client.close();
  await assert.rejects(waiting, (error) => ["closed", "disconnected"].includes(error.code));
  assert.equal(client.state, "closed");
});

test("a refused subscription is told by its promise and an event, and is gone", async () => {
  const socket = await connect();
  const subscription = client.subscribe("secret/#");
  socket.welcome();
  const { id } = await socket.frame(0);
  const error = once(client, "error");
  socket.say({ op: "error", id, code: "forbidden", message: "not granted", retry: false });
  await assert.rejects(subscription.ready, { code: "forbidden" });
  assert.equal((await error).topic, "secret/#");
});

test("a subscription refused for now is tried again", async () => {
  const socket = await connect();
  const { ready } = client.subscribe("a");
  socket.welcome();
  const { id } = await socket.frame(0);
  socket.say({ op: "error", id, code: "rate_limited", message: "slower", retry: true });
  answer(socket, await socket.frame(1));
  await ready;
});

test("a subscription that the gateway ends is told, and tried again only if that can help", async () => {
  const socket = await connect();
  const got = [];
  client.subscribe("a", ({ offset }) => got.push(offset));
  client.subscribe("b");
  socket.welcome();
  answer(socket, await socket.frame(0));
  const errors = [];
  client.on("error", ({ topic, code }) => errors.push([topic, code]));
  socket.say({ op: "unsubscribed", topic: "b", code: "forbidden", message: "", retry: false });
  socket.say({ op: "unsubscribed", topic: "a", code: "unavailable", message: "", retry: true });
  const again = await socket.frame(1);
  assert.deepEqual([again.topic, again.since], ["a", { epoch: "e1", offset: 10 }]);
  assert.deepEqual(errors, [["b", "forbidden"], ["a", "unavailable"]]);
});

test("nothing is delivered after unsubscribe", async () => {
  const socket = await connect();
  const got = [];
  const subscription = client.subscribe("a", ({ offset }) => got.push(offset));
  socket.welcome();
  answer(socket, await socket.frame(0));
  const done = subscription.unsubscribe();
  const { op, id, topic } = await socket.frame(1);
  assert.deepEqual([op, topic], ["unsubscribe", "a"]);
  socket.say({ op: "pub", topic: "a", offset: 11, time: 0, data: 1 });
  socket.say({ op: "unsubscribed", id, topic });
  await done;
  assert.deepEqual(got, []);
});

test("a round without an answer does not hold up later ones for ever", async () => {
  const socket = await connect({ roundTimeout: 20 });
  client.subscribe("a");
  socket.welcome();
  const { reason } = await once(client, "disconnected");
  assert.equal(reason, "a subscription got no answer");
});

test("when the network is back, a waiting attempt is made at once", async () => {
  const target = new EventTarget();
  globalThis.addEventListener = target.addEventListener.bind(target);
  globalThis.removeEventListener = target.removeEventListener.bind(target);
  try {
    const socket = await connect({ backoff: { base: 60_000, cap: 60_000 }, random: () => 0.9 });
    socket.die();
    target.dispatchEvent(new Event("online"));
    const second = await sockets.next();
    target.dispatchEvent(new Event("online"));
    second.welcome();
    assert.equal(sockets.made.length, 2);
  } finally {
    client.close();
    delete globalThis.addEventListener;
    delete globalThis.removeEventListener;
  }
});

test("when the network has changed, a connection must prove that it lives", async () => {
  const target = new EventTarget();
  globalThis.addEventListener = target.addEventListener.bind(target);
  globalThis.removeEventListener = target.removeEventListener.bind(target);
  try {
    const socket = await connect({ probeTimeout: 20 });
    socket.welcome();
    target.dispatchEvent(new Event("offline"));
    const { id, op } = await socket.frame(0);
    assert.equal(op, "ping");
    socket.say({ op: "pong", id, time: 1 });
    target.dispatchEvent(new Event("offline"));
    assert.equal((await once(client, "disconnected")).reason, "no answer");
  } finally {
    client.close();
    delete globalThis.addEventListener;
    delete globalThis.removeEventListener;
  }
});

test("wrong options are refused", () => {
  client = null;
  const { WebSocket } = sockets;
  assert.throws(() => new OpenClaw("ws://x", { WebSocket, requestTimeout: 0 }), /requestTimeout/);
  assert.throws(() => new OpenClaw("ws://x", { WebSocket, backoff: { cap: -1 } }), /cap/);
  assert.throws(() => new OpenClaw("ws://x", { WebSocket: undefined }), /no WebSocket here/);
});
