import { overlap } from "./topics.js";

/**
 * All feeds of a client, the rounds in which they are subscribed, and the one place where a
 * publication is handed to those that match.
 *
 * A round is what one frame subscribes: at most one command for each pattern. The gateway merges the
 * catch-up of a round in the order of the log. The next round waits until each command of this one
 * is live or refused, so two catch-ups never mix.
 *
 * The gateway sends a connection each publication once. A subscription that is added later, since an
 * older position, would therefore miss what came earlier for another one that overlaps it: a round
 * with such a subscription repeats the live ones that overlap it, each from where it stands.
 */
export class Feeds {
  #patterns = new Map();
  #round = new Map();
  #liveOffsets = new Map();
  #matching = new Map();

  static #MAX_CACHED_TOPICS = 2000;
  static #MAX_COMMANDS = 500;
  static #ENCODER = new TextEncoder();

  get size() {
    return this.#patterns.size;
  }

  /** Whether a round waits for a reply or for `live`. */
  get busy() {
    return this.#round.size > 0;
  }

  /** Whether any feed waits to be subscribed. */
  get waiting() {
    return this.#all().some((feed) => feed.state === "waiting");
  }

  /** Adds a feed; one that needs nothing of the past starts at once beside a live one of its pattern. */
  add(feed) {
    const others = this.#patterns.get(feed.pattern) ?? [];
    this.#patterns.set(feed.pattern, [...others, feed]);
    this.#matching.clear();
    const live = others.find((other) => other.live && other.mode === "events");
    if (!live || !sameOptions(others.at(-1), feed) || Object.keys(feed.need).length > 0) return;
    feed.join(live, this.#standOf(live));
    feed.onLive?.();
  }

  /** @returns whether it was the last of its pattern, so that the gateway must be told */
  remove(feed) {
    const rest = (this.#patterns.get(feed.pattern) ?? []).filter((other) => other !== feed);
    this.#matching.clear();
    feed.end();
    if (rest.length > 0) {
      this.#patterns.set(feed.pattern, rest);
      return false;
    }
    this.#round.delete(feed.pattern);
    return this.#patterns.delete(feed.pattern);
  }

  /**
   * The subscribe commands of the next round; empty while one is under way.
   *
   * @param {() => number} nextId
   * @param {number} maxBytes what one frame takes; the rest waits for a later round
   */
  nextRound(nextId, maxBytes = Infinity) {
    if (this.busy) return [];
    this.#repeatOverlapped();
    const commands = [];
    let bytes = 2;
    for (const [pattern, feeds] of this.#patterns) {
      const chosen = together(feeds.filter((feed) => feed.state === "waiting"));
      if (chosen.length === 0) continue;
      const id = nextId();
      const command = { op: "subscribe", id, topic: pattern, ...wireOptions(feeds), ...jointNeed(chosen) };
      bytes += Feeds.#ENCODER.encode(JSON.stringify(command)).length + 1;
      if (commands.length > 0 && (bytes > maxBytes || commands.length === Feeds.#MAX_COMMANDS)) break;
      for (const feed of chosen) feed.state = "sent";
      this.#round.set(pattern, { id, feeds: chosen });
      commands.push(command);
    }
    return commands;
  }

  #repeatOverlapped() {
    const all = this.#all();
    const since = all.filter((feed) => feed.state === "waiting" && feed.need.since);
    for (const feed of all.filter((each) => each.live)) {
      const concerned = since.filter((other) => overlap(other.pattern, feed.pattern));
      const apart = concerned.some((other) => other.pattern === feed.pattern && other.epoch !== feed.epoch);
      if (concerned.length > 0 && !apart) feed.repeat(this.#standOf(feed));
    }
  }

  /** A `subscribed` reply. */
  subscribed(reply) {
    const entry = this.#entryOf(reply.id);
    if (!entry) return;
    for (const feed of entry.feeds) {
      if (feed.state !== "sent") continue;
      feed.begin(reply);
      feed.onSubscribed?.(reply);
    }
  }

  /**
   * An `error` reply to one of the round's commands.
   *
   * @returns {Array|undefined} the feeds that it refuses; undefined if it is not one of ours
   */
  refused(reply) {
    const entry = this.#entryOf(reply.id);
    if (!entry) return undefined;
    this.#round.delete(entry.feeds[0].pattern);
    return entry.feeds.filter((feed) => feed.state !== "removed");
  }

  /** A `live` message. */
  live({ topic, offset }) {
    const entry = this.#round.get(topic);
    if (!entry || entry.feeds.every((feed) => feed.state === "sent")) return;
    this.#round.delete(topic);
    for (const feed of entry.feeds) {
      if (feed.state !== "catching-up") continue;
      feed.caughtUp(offset);
      if (feed.live) feed.onLive?.();
    }
  }

  /** A `ping`: all that the live feeds want has come up to `offset`, if it tells one. */
  reached({ epoch, offset }) {
    const live = this.#all().find((feed) => feed.live && feed.epoch === epoch);
    if (live && offset > this.#standOf(live)) this.#liveOffsets.set(epoch, offset);
  }

  /** A `gap` message. */
  gap(gap) {
    for (const feed of this.of(gap.topic)) if (feed.started) feed.skip(gap);
  }

  /** The feeds of exactly this pattern. */
  of(pattern) {
    return this.#patterns.get(pattern) ?? [];
  }

  /** The gateway ended a subscription. */
  ended(pattern) {
    this.#round.delete(pattern);
    return this.of(pattern);
  }

  /**
   * Hands a publication to the feeds that match and are of its space: a pattern that begins with a
   * wildcard matches topics of others, too, but does not get them.
   *
   * @returns whether it is the first time that any feed gets it
   */
  dispatch(publication) {
    const feeds = this.#matchingFeeds(publication.topic).filter(
      (feed) => feed.started && feed.space === publication.space,
    );
    const first = feeds.length > 0 && !feeds.some((feed) => feed.delivered(publication));
    const push = this.#isPush(feeds, publication);
    // A listener may unsubscribe or reconnect: what is not started any more gets it later, or never.
    for (const feed of feeds) if (feed.started) feed.offer(publication, Boolean(push));
    if (push?.live) this.#liveOffsets.set(push.epoch, publication.offset);
    return first;
  }

  /** The connection ended: all feeds wait to be subscribed again, from where they stand. */
  interrupt() {
    for (const feed of this.#all()) feed.interrupt(this.#liveOffsets.get(feed.epoch) ?? -1);
    this.#round.clear();
    this.#liveOffsets.clear();
  }

  /** Where the feed stands: a live one with all the live ones of its log. */
  positionOf(feed) {
    if (feed.epoch === null || feed.seen < 0) return null;
    return { epoch: feed.epoch, offset: feed.live ? this.#standOf(feed) : feed.seen };
  }

  #standOf(feed) {
    return Math.max(feed.seen, this.#liveOffsets.get(feed.epoch) ?? -1);
  }

  /** The live feed for which the gateway sent this, if it is new on the connection. */
  #isPush(feeds, publication) {
    if (publication.snapshot) return undefined;
    return feeds.find((feed) => feed.live && publication.offset > this.#standOf(feed));
  }

  #matchingFeeds(topic) {
    let found = this.#matching.get(topic);
    if (!found) {
      if (this.#matching.size >= Feeds.#MAX_CACHED_TOPICS) this.#matching.clear();
      found = this.#all().filter((feed) => feed.matches(topic));
      this.#matching.set(topic, found);
    }
    return found;
  }

  #entryOf(id) {
    for (const entry of this.#round.values()) if (entry.id === id) return entry;
    return undefined;
  }

  #all() {
    return [...this.#patterns.values()].flat();
  }
}

const WIRE_OPTIONS = ["mode", "maxRate", "filter"];

/** The options of a pattern are those of the subscription made last, as in the protocol. */
function wireOptions(feeds) {
  const { options } = feeds.at(-1);
  return Object.fromEntries(
    WIRE_OPTIONS.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]),
  );
}

function sameOptions(one, other) {
  return WIRE_OPTIONS.every((name) => one.options[name] === other.options[name]);
}

/** Those of the waiting feeds of a pattern whose needs one command can serve. */
function together(feeds) {
  if (feeds.length === 0) return feeds;
  const kind = (feed) => {
    const { since, history } = feed.need;
    return since ? `since ${since.epoch}` : `history ${history ?? 0}`;
  };
  const first = feeds.find((feed) => !feed.started) ?? feeds[0];
  return feeds.filter((feed) => kind(feed) === kind(first));
}

function jointNeed(feeds) {
  const needs = feeds.map((feed) => feed.need);
  const [{ since }] = needs;
  if (!since) return needs[0];
  return { since: { epoch: since.epoch, offset: Math.min(...needs.map((need) => need.since.offset)) } };
}
