import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Feed } from "../../main/webapp/client/feed.js";
import { Feeds } from "../../main/webapp/client/feeds.js";

const BOUNDS = { maxHeld: 100, maxKeys: 100 };
let feeds, lastId;

beforeEach(() => {
  feeds = new Feeds();
  lastId = 0;
});

/** Adds a feed that remembers the offsets it got. */
function add(pattern, options = {}, bounds = BOUNDS) {
  const got = [];
  const feed = new Feed(pattern, options, (publication) => got.push(publication.offset), bounds);
  feeds.add(feed);
  return { feed, got };
}

const round = () => feeds.nextRound(() => ++lastId);
const needs = (commands) => commands.map(({ topic, since, history }) => ({ topic, since, history }));

function begin(command, offset, { epoch = "e1", mode = "events", recovered = true, space } = {}) {
  feeds.subscribed({ id: command.id, topic: command.topic, epoch, offset, mode, recovered, space });
}

function pub(topic, ...offsets) {
  return offsets.map((offset) => feeds.dispatch({ topic, offset, data: offset }));
}

/** Subscribes all that waits, to a log whose head is `offset`, with nothing to catch up. */
function goLive(offset, settings) {
  const commands = round();
  for (const command of commands) begin(command, offset, settings);
  for (const { topic } of commands) feeds.live({ topic, offset });
  return commands;
}

test("all that waits is subscribed in one round, one command for each pattern", () => {
  add("a/#");
  add("b/+", { filter: "x > 1", mode: "latest" });
  add("a/#");
  assert.deepEqual(round(), [
    { op: "subscribe", id: 1, topic: "a/#" },
    { op: "subscribe", id: 2, topic: "b/+", mode: "latest", filter: "x > 1" },
  ]);
});

test("the next round waits until the present one is live", () => {
  add("a");
  const [first] = round();
  add("b");
  assert.deepEqual(round(), []);
  begin(first, 10);
  assert.deepEqual(round(), []);
  feeds.live({ topic: "a", offset: 10 });
  assert.deepEqual(round().map((command) => command.topic), ["b"]);
});

test("live feeds resume together, since the highest offset that any of them got", () => {
  const a = add("a");
  add("b");
  goLive(10);
  pub("a", 11, 12, 17);
  feeds.interrupt();
  assert.deepEqual(a.got, [11, 12, 17]);
  assert.deepEqual(needs(round()), [
    { topic: "a", since: { epoch: "e1", offset: 17 }, history: undefined },
    { topic: "b", since: { epoch: "e1", offset: 17 }, history: undefined },
  ]);
});

test("live feeds stand where a ping says that the connection has been served to", () => {
  const { feed, got } = add("quiet");
  goLive(10);
  feeds.reached({ epoch: "e1", offset: 25 });
  feeds.reached({ epoch: "e1", offset: 24 });
  feeds.reached({ epoch: "e0", offset: 99 });
  feeds.reached({});
  assert.deepEqual(feeds.positionOf(feed), { epoch: "e1", offset: 25 });
  pub("quiet", 26);
  assert.deepEqual(got, [26]);
  feeds.reached({ epoch: "e1", offset: 30 });
  feeds.interrupt();
  assert.deepEqual(needs(round()), [
    { topic: "quiet", since: { epoch: "e1", offset: 30 }, history: undefined },
  ]);
});

test("a ping moves no feed that is not live yet", () => {
  add("a");
  const [command] = round();
  begin(command, 10);
  feeds.reached({ epoch: "e1", offset: 25 });
  feeds.interrupt();
  assert.deepEqual(needs(round()), [{ topic: "a", since: { epoch: "e1", offset: 10 }, history: undefined }]);
});

/** `#` in the default space with epoch e1, `iot/#` in the space iot with epoch e2; both live. */
function twoSpaces() {
  const all = add("#");
  const iot = add("iot/#");
  const commands = round();
  begin(commands[0], 500);
  begin(commands[1], 3, { epoch: "e2", space: "iot" });
  feeds.live({ topic: "#", offset: 500 });
  feeds.live({ topic: "iot/#", offset: 3 });
  const pubOf = (space, topic, offset) => feeds.dispatch({ topic, offset, space, data: offset });
  return { all, iot, pubOf };
}

test("offsets of two spaces have nothing to do with each other", () => {
  const { all, iot, pubOf } = twoSpaces();
  assert.equal(pubOf(undefined, "a", 501), true);
  assert.equal(pubOf("iot", "iot/1", 4), true);
  assert.equal(pubOf(undefined, "a", 502), true);
  assert.equal(pubOf("iot", "iot/1", 5), true);
  assert.equal(pubOf("iot", "iot/1", 5), false);
  assert.deepEqual(all.got, [501, 502]);
  assert.deepEqual(iot.got, [4, 5]);
});

test("each space is resumed since its own position", () => {
  const { all, iot, pubOf } = twoSpaces();
  pubOf(undefined, "a", 501);
  pubOf("iot", "iot/1", 9);
  feeds.reached({ epoch: "e1", offset: 777 });
  feeds.reached({ space: "iot", epoch: "e2", offset: 12 });
  assert.deepEqual(feeds.positionOf(all.feed), { epoch: "e1", offset: 777 });
  assert.deepEqual(feeds.positionOf(iot.feed), { epoch: "e2", offset: 12 });
  feeds.interrupt();
  assert.deepEqual(needs(round()), [
    { topic: "#", since: { epoch: "e1", offset: 777 }, history: undefined },
    { topic: "iot/#", since: { epoch: "e2", offset: 12 }, history: undefined },
  ]);
});

test("what is still on its way when a subscription ends goes to no feed of another space", () => {
  const { all, iot, pubOf } = twoSpaces();
  feeds.remove(iot.feed);
  pubOf("iot", "iot/1", 900);
  pubOf(undefined, "a", 501);
  assert.deepEqual(all.got, [501]);
  assert.deepEqual(iot.got, []);
});

test("a space that begins a new life leaves the others alone", () => {
  const { all, iot, pubOf } = twoSpaces();
  pubOf(undefined, "a", 501);
  pubOf("iot", "iot/1", 90);
  feeds.interrupt();
  const commands = round();
  begin(commands[0], 501);
  begin(commands[1], 0, { epoch: "e3", space: "iot", recovered: false });
  feeds.gap({ topic: "iot/#", reason: "epoch", epoch: "e3", from: 0, to: 0, space: "iot" });
  pubOf("iot", "iot/1", 1);
  feeds.live({ topic: "#", offset: 501 });
  feeds.live({ topic: "iot/#", offset: 1 });
  pubOf(undefined, "a", 502);
  assert.deepEqual(all.got, [501, 502]);
  assert.deepEqual(iot.got, [90, 1]);
});

test("what comes again after a resume is dropped", () => {
  const a = add("a");
  goLive(0);
  pub("a", 1, 2, 3);
  feeds.interrupt();
  const [command] = round();
  begin(command, 5);
  pub("a", 2, 3, 4, 5);
  feeds.live({ topic: "a", offset: 5 });
  pub("a", 6);
  assert.deepEqual(a.got, [1, 2, 3, 4, 5, 6]);
});

test("an older subscription repeats the live ones that overlap it, each from where it stands", () => {
  add("stock/#");
  add("stock/B");
  add("iot/#");
  goLive(0);
  pub("stock/A", 5, 10);
  add("stock/A", { since: { epoch: "e1", offset: 2 } });
  assert.deepEqual(needs(round()), [
    { topic: "stock/#", since: { epoch: "e1", offset: 10 }, history: undefined },
    { topic: "stock/A", since: { epoch: "e1", offset: 2 }, history: undefined },
  ]);
});

test("an older subscription added later gets what it missed, below the highest offset seen", () => {
  const all = add("stock/#");
  goLive(0);
  pub("stock/A", 5, 10);
  const old = add("stock/A", { since: { epoch: "e1", offset: 2 } });
  const commands = round();
  pub("stock/A", 11);
  for (const command of commands) begin(command, command.since.offset);
  pub("stock/A", 5, 10, 11, 12);
  for (const { topic } of commands) feeds.live({ topic, offset: 12 });
  pub("stock/A", 13);
  assert.deepEqual(old.got, [5, 10, 11, 12, 13]);
  assert.deepEqual(all.got, [5, 10, 11, 12, 13]);
});

test("what a feed catches up does not move the position of the live ones", () => {
  add("a");
  goLive(10);
  pub("a", 11);
  add("b", { since: { epoch: "e1", offset: 1 } });
  const [command] = round();
  begin(command, 30);
  pub("b", 20);
  feeds.interrupt();
  assert.deepEqual(needs(round()), [
    { topic: "a", since: { epoch: "e1", offset: 11 }, history: undefined },
    { topic: "b", since: { epoch: "e1", offset: 20 }, history: undefined },
  ]);
});

test("a feed that was cut while catching up resumes where it was, not where the others are", () => {
  add("iot/#");
  goLive(50);
  add("stock/A", { since: { epoch: "e1", offset: 10 } });
  const [command] = round();
  begin(command, 10);
  pub("stock/A", 20);
  pub("iot/x", 60);
  feeds.interrupt();
  assert.deepEqual(round().map(({ since }) => since.offset), [60, 20]);
});

test("a new publication for a live feed is held for one that is still behind", () => {
  const all = add("stock/#");
  goLive(50);
  const late = add("stock/A", { history: 2 });
  const [command] = round();
  begin(command, 50);
  pub("stock/A", 20, 60, 61, 30);
  assert.deepEqual([all.got, late.got], [[60, 61], [20, 30]]);
  feeds.live({ topic: "stock/A", offset: 61 });
  assert.deepEqual(late.got, [20, 30, 60, 61]);
});

test("a held publication that also comes in catching up is delivered once", () => {
  add("stock/#");
  goLive(50);
  const late = add("stock/A", { history: 2 });
  const [command] = round();
  begin(command, 50);
  pub("stock/A", 60, 20, 45, 60);
  feeds.live({ topic: "stock/A", offset: 60 });
  assert.deepEqual(late.got, [20, 45, 60]);
});

test("too many held ones are asked for again", () => {
  add("stock/#");
  goLive(50);
  const late = add("stock/A", { history: 1 }, { maxHeld: 2, maxKeys: 1 });
  const [command] = round();
  begin(command, 50);
  pub("stock/A", 60, 61, 62, 63, 20);
  feeds.live({ topic: "stock/A", offset: 63 });
  assert.deepEqual(late.got, [20, 60, 61]);
  const again = round();
  assert.deepEqual(again.map(({ since }) => since.offset), [63, 61]);
  for (const each of again) begin(each, each.since.offset);
  pub("stock/A", 62, 63);
  for (const { topic } of again) feeds.live({ topic, offset: 63 });
  assert.deepEqual(late.got, [20, 60, 61, 62, 63]);
});

test("a second listener since another epoch does not wait behind the first for ever", () => {
  const first = add("a");
  goLive(10);
  const second = add("a", { since: { epoch: "e0", offset: 700 } });
  const [command] = round();
  assert.deepEqual(command.since, { epoch: "e0", offset: 700 });
  begin(command, 4, { recovered: false });
  feeds.gap({ topic: "a", reason: "epoch", epoch: "e1", from: 1, to: 4 });
  pub("a", 5, 10, 11);
  feeds.live({ topic: "a", offset: 11 });
  assert.deepEqual([first.got, second.got], [[11], [5, 10, 11]]);
  assert.deepEqual(round(), []);
});

test("what does not fit a frame waits for the next round", () => {
  for (let i = 0; i < 10; i++) add(`topic/${i}`);
  const sizes = [];
  for (let commands = goLiveIn(800); commands.length > 0; commands = goLiveIn(800)) {
    assert.ok(JSON.stringify(commands).length <= 800);
    sizes.push(commands.length);
  }
  assert.equal(sizes.reduce((sum, size) => sum + size), 10);
});

function goLiveIn(maxBytes) {
  const commands = feeds.nextRound(() => ++lastId, maxBytes);
  for (const command of commands) begin(command, 0);
  for (const { topic } of commands) feeds.live({ topic, offset: 0 });
  return commands;
}

test("a plain subscription that was cut before anything came resumes where it began", () => {
  add("a");
  const [command] = round();
  begin(command, 42);
  feeds.interrupt();
  assert.deepEqual(round()[0].since, { epoch: "e1", offset: 42 });
});

test("history is asked for again until something of it was delivered", () => {
  add("a", { history: 3 });
  const [first] = round();
  assert.equal(first.history, 3);
  begin(first, 42);
  feeds.interrupt();
  const [second] = round();
  assert.deepEqual([second.history, second.since], [3, undefined]);
  begin(second, 42);
  pub("a", 30);
  feeds.interrupt();
  const [third] = round();
  assert.deepEqual([third.history, third.since], [undefined, { epoch: "e1", offset: 30 }]);
});

test("a second listener of a live pattern starts at once, without a command", () => {
  const first = add("a");
  goLive(10);
  pub("a", 11);
  const second = add("a");
  assert.deepEqual(round(), []);
  pub("a", 12);
  assert.deepEqual([first.got, second.got], [[11, 12], [12]]);
});

test("a gap in the same epoch moves the feed to its end, never beyond the head", () => {
  const a = add("a", { since: { epoch: "e1", offset: 5 } });
  const [command] = round();
  begin(command, 100, { recovered: false });
  feeds.gap({ topic: "a", reason: "retention", epoch: "e1", from: 6, to: 70 });
  pub("a", 60, 71, 100);
  feeds.live({ topic: "a", offset: 100 });
  assert.deepEqual(a.got, [71, 100]);
});

test("a new epoch voids the offsets of the old one", () => {
  const a = add("a");
  goLive(5000);
  pub("a", 5001);
  feeds.interrupt();
  const [command] = round();
  begin(command, 7, { epoch: "e2", recovered: false });
  feeds.gap({ topic: "a", reason: "epoch", epoch: "e2", from: 1, to: 7 });
  feeds.live({ topic: "a", offset: 7 });
  pub("a", 8, 9);
  assert.deepEqual(a.got, [5001, 8, 9]);
  feeds.interrupt();
  assert.deepEqual(round()[0].since, { epoch: "e2", offset: 9 });
});

test("a feed cut between a new epoch and its gap resumes from the beginning of the epoch", () => {
  add("a", { since: { epoch: "e1", offset: 5000 } });
  const [command] = round();
  begin(command, 7, { epoch: "e2", recovered: false });
  feeds.interrupt();
  assert.deepEqual(round()[0].since, { epoch: "e2", offset: 0 });
});

test("a gap on a live feed adopts the new epoch", () => {
  const a = add("a");
  goLive(5000);
  feeds.gap({ topic: "a", reason: "epoch", epoch: "e2", from: 1, to: 3 });
  pub("a", 4, 5);
  assert.deepEqual(a.got, [4, 5]);
  feeds.interrupt();
  assert.deepEqual(round()[0].since, { epoch: "e2", offset: 5 });
});

test("mode latest tells doubles by topic and key, whatever the order of snapshots", () => {
  const { got } = add("a", { mode: "latest" });
  const [command] = round();
  begin(command, 50, { mode: "latest" });
  const send = (offset, key, snapshot) => feeds.dispatch({ topic: "a", offset, key, snapshot });
  send(40, "x", true);
  send(30, "y", true);
  feeds.live({ topic: "a", offset: 50 });
  send(52, "x");
  send(51, "y");
  send(52, "x");
  assert.deepEqual(got, [40, 30, 52, 51]);
});

test("a snapshot that was cut is asked for again as a whole, and delivered without doubles", () => {
  const { got } = add("a", { mode: "latest" });
  const [command] = round();
  begin(command, 50, { mode: "latest" });
  feeds.dispatch({ topic: "a", offset: 40, key: "x", snapshot: true });
  feeds.interrupt();
  const [again] = round();
  assert.equal(again.since, undefined);
  begin(again, 50, { mode: "latest" });
  feeds.dispatch({ topic: "a", offset: 30, key: "y", snapshot: true });
  feeds.dispatch({ topic: "a", offset: 40, key: "x", snapshot: true });
  assert.deepEqual(got, [40, 30]);
});

test("keys beyond the bound are forgotten, oldest first", () => {
  const { got } = add("a", { mode: "latest" }, { maxHeld: 1, maxKeys: 2 });
  goLive(0, { mode: "latest" });
  for (let offset = 1; offset <= 3; offset++) feeds.dispatch({ topic: "a", offset, key: `k${offset}` });
  for (let offset = 2; offset <= 3; offset++) feeds.dispatch({ topic: "a", offset, key: `k${offset}` });
  assert.deepEqual(got, [1, 2, 3]);
});

test("a publication counts as new once, though feeds get it at different times", () => {
  add("a/#");
  goLive(10);
  assert.deepEqual(pub("a/x", 11), [true]);
  add("a/x", { since: { epoch: "e1", offset: 5 } });
  const [command] = round();
  begin(command, 11);
  assert.deepEqual(pub("a/x", 8, 11), [true, false]);
  assert.deepEqual(pub("b", 12), [false]);
});

test("one of two feeds of a pattern can go without the gateway being told", () => {
  const one = add("a");
  const two = add("a");
  goLive(0);
  assert.equal(feeds.remove(one.feed), false);
  pub("a", 1);
  assert.deepEqual([one.got, two.got], [[], [1]]);
  assert.equal(feeds.remove(two.feed), true);
});

test("a refused command frees the round and names its feeds", () => {
  const { feed } = add("a");
  add("b");
  const [first, second] = round();
  assert.deepEqual(feeds.refused({ id: first.id, code: "forbidden" }), [feed]);
  begin(second, 0);
  feeds.live({ topic: "b", offset: 0 });
  assert.equal(feeds.busy, false);
  assert.equal(feeds.refused({ id: 999 }), undefined);
});

test("logs with different epochs keep their positions apart", () => {
  add("a");
  add("b");
  const [a, b] = round();
  begin(a, 10, { epoch: "space-a" });
  begin(b, 500, { epoch: "space-b" });
  feeds.live({ topic: "a", offset: 10 });
  feeds.live({ topic: "b", offset: 500 });
  pub("a", 11);
  pub("b", 501);
  feeds.interrupt();
  assert.deepEqual(round().map((command) => command.since), [
    { epoch: "space-a", offset: 11 },
    { epoch: "space-b", offset: 501 },
  ]);
});

test("a listener that ends another subscription ends it before the next publication, this one included", () => {
  let second;
  const first = new Feed("a", {}, () => feeds.remove(second.feed), BOUNDS);
  feeds.add(first);
  second = add("a");
  goLive(0);
  pub("a", 1, 2);
  assert.deepEqual(second.got, []);
});

test("a listener that reconnects leaves the publication to those that have not had it", () => {
  let reconnected = false;
  const first = new Feed("a", {}, () => reconnected || (reconnected = feeds.interrupt() ?? true), BOUNDS);
  feeds.add(first);
  const second = add("+");
  goLive(0);
  pub("a", 1);
  assert.deepEqual(second.got, []);
  const commands = round();
  assert.deepEqual(commands.map(({ since }) => since.offset), [1, 0]);
  for (const command of commands) begin(command, command.since.offset);
  pub("a", 1);
  assert.deepEqual(second.got, [1]);
});
