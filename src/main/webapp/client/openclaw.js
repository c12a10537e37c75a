/**
 * The client of the OpenClaw WebSocket Gateway for browsers and Node: subscriptions that survive the
 * connection, each publication once and in order, and a `gap` event where that was not possible.
 *
 * @module
 */
import { Connection } from "./connection.js";
import { OpenClawError } from "./errors.js";
import { Feed } from "./feed.js";
import { Feeds } from "./feeds.js";
import { Requests } from "./requests.js";
import { Subscription } from "./subscription.js";

export { OpenClawError } from "./errors.js";
export { matcher } from "./topics.js";

/** Times in ms. What is bounded is said here, and nowhere else. */
const DEFAULTS = {
  authenticate: "subprotocol",
  backoff: { base: 500, cap: 30_000 },
  connectTimeout: 10_000,
  requestTimeout: 10_000,
  probeTimeout: 3_000,
  roundTimeout: 30_000,
  stableAfter: 5_000,
  maxPending: 1_000,
  maxHeld: 10_000,
  maxKeys: 10_000,
  random: Math.random,
};

/** How much longer than the gateway the client waits for the answer of a service, in ms. */
const REPLY_GRACE = 1_000;

/**
 * A client of one gateway. Connects at once, comes back by itself, until `close()` or until the
 * gateway forbids it. See openclaw.d.ts for the types, docs/client.md for a guide.
 *
 * Events (`addEventListener` gets them as `event.detail`, `on` as the argument): `connected`,
 * `message`, `disconnected`, `reconnecting`, `gap`, `error`.
 */
export class OpenClaw extends EventTarget {
  #options;
  #requests;
  #feeds = new Feeds();
  #connection;
  #roundTimer;
  #retryTimer;
  #syncing = false;
  #onOnline = () => this.#connection.nudge();

  constructor(url, options = {}) {
    super();
    this.#options = checked(options);
    this.#requests = new Requests(this.#options, (message) => this.#transmit(message));
    this.#connection = new Connection(address(url), this.#options, this.#requests, {
      up: (welcome) => this.#up(welcome),
      message: (message) => this.#receive(message),
      down: (end) => this.#down(end),
      retry: (wait) => this.#raise("reconnecting", wait),
      error: (error) => this.#raise("error", error),
    });
    this.reconnect();
  }

  /** `connecting`, `connected`, `reconnecting` or `closed`. */
  get state() {
    return this.#connection.state;
  }

  /** The `welcome` of the present connection, or null. */
  get welcome() {
    return this.state === "connected" ? this.#connection.welcome : null;
  }

  /** Calls the listener with the detail of each such event; returns how to stop that. */
  on(type, listener) {
    const wrapped = (event) => listener(event.detail);
    this.addEventListener(type, wrapped);
    return () => this.removeEventListener(type, wrapped);
  }

  subscribe(pattern, options, listener) {
    if (typeof options === "function") return this.subscribe(pattern, {}, options);
    if (typeof pattern !== "string" || pattern === "") throw new TypeError("a pattern is a string");
    let subscription;
    const deliver = (publication) => this.#call(() => listener?.(publication, subscription));
    const feed = new Feed(pattern, { ...options }, deliver, this.#options);
    subscription = new Subscription(feed, this.#feeds, () => this.#unsubscribe(feed));
    this.#feeds.add(feed);
    this.#sync();
    return subscription;
  }

  async publish(topic, data, options = {}) {
    if (ArrayBuffer.isView(data)) throw new TypeError("binary data can't be published as JSON");
    const { timeout, ...fields } = options;
    const message = { op: "publish", topic, data: data ?? null, ...fields };
    const resend = fields.eventId !== undefined;
    const { epoch, offset } = await this.#requests.ask(message, { timeout, resend });
    return { epoch, offset };
  }

  async history(topic, options = {}) {
    const { timeout, limit = 100, ...fields } = options;
    const message = { op: "history", topic, limit, ...fields };
    const { epoch, items, more } = await this.#requests.ask(message, { timeout, resend: true });
    return { epoch, items: items.map(decoded), more };
  }

  async presence(topic, { timeout } = {}) {
    const reply = await this.#requests.ask({ op: "presence", topic }, { timeout, resend: true });
    return { count: reply.count, members: reply.members };
  }

  /** What others see of this session among those who are on the topic; null takes it back. */
  async setState(topic, state, { timeout } = {}) {
    await this.#requests.ask({ op: "state", topic, data: state ?? null }, { timeout });
  }

  async request(service, data, { timeout } = {}) {
    const message = { op: "request", service, data: data ?? null, timeout };
    // The gateway's own word, `timeout`, is better than this client's silence.
    const patience = (timeout ?? this.#options.requestTimeout) + REPLY_GRACE;
    return decoded(await this.#requests.ask(message, { timeout: patience })).data;
  }

  /** The round trip in ms and the gateway's clock. */
  async ping({ timeout } = {}) {
    const sentAt = performance.now();
    const { time } = await this.#requests.ask({ op: "ping" }, { timeout, resend: true });
    return { time, roundTrip: performance.now() - sentAt };
  }

  /** Connects now, with a new token if `token` is a function; also after `close()`. */
  reconnect() {
    for (const type of ["online", "offline"]) globalThis.addEventListener?.(type, this.#onOnline);
    this.#connection.open();
  }

  /** Ends the connection for good; what waits is rejected. Subscriptions are kept for `reconnect()`. */
  close() {
    for (const type of ["online", "offline"]) globalThis.removeEventListener?.(type, this.#onOnline);
    this.#connection.close();
  }

  #up(welcome) {
    const { session, node, user, heartbeat, limits } = welcome;
    this.#raise("connected", { session, node, user, heartbeat, limits });
    this.#sync();
    queueMicrotask(() => this.state === "connected" && this.#requests.up());
  }

  #down({ code, reason, reconnect, wasUp }) {
    clearTimeout(this.#roundTimer);
    clearTimeout(this.#retryTimer);
    this.#feeds.interrupt();
    this.#requests.down();
    if (!reconnect) this.#requests.rejectAll(new OpenClawError("closed", reason || "closed"));
    if (wasUp || !reconnect) this.#raise("disconnected", { code, reason, reconnect });
  }

  #receive(message) {
    switch (message.op) {
      case "pub":
        return this.#publication(message);
      case "subscribed":
        this.#feeds.subscribed(message);
        return this.#watchRound();
      case "live":
        this.#feeds.live(message);
        return this.#sync();
      case "ping":
        return this.#feeds.reached(message);
      case "gap":
        this.#feeds.gap(message);
        return this.#raise("gap", without(message, "op"));
      case "unsubscribed":
        return this.#requests.settle(message) || this.#ended(message, this.#feeds.ended(message.topic));
      case "error":
        return this.#requests.settle(message) || this.#refused(message);
      default:
        return this.#requests.settle(message);
    }
  }

  #publication(message) {
    const publication = decoded(without(message, "op"));
    if (this.#feeds.dispatch(publication)) this.#raise("message", publication);
    if (this.#feeds.busy) this.#watchRound();
  }

  #refused(message) {
    const feeds = this.#feeds.refused(message);
    if (feeds) this.#ended(message, feeds);
    else this.#raise("error", OpenClawError.from(message));
  }

  /** Subscriptions that the gateway refused or ended: for good, or to be tried again. */
  #ended(message, feeds) {
    if (feeds.length === 0) return;
    const error = Object.assign(OpenClawError.from(message), { topic: feeds[0].pattern });
    for (const feed of feeds) {
      if (error.retry) feed.interrupt(this.#feeds.positionOf(feed)?.offset ?? -1);
      else {
        this.#feeds.remove(feed);
        feed.onRefused?.(error);
      }
    }
    this.#raise("error", error);
    if (error.retry) this.#syncLater();
    else this.#sync();
  }

  #unsubscribe(feed) {
    if (feed.state === "removed") return Promise.resolve();
    const known = feed.state !== "waiting";
    const last = this.#feeds.remove(feed);
    this.#sync();
    if (!last || !known || this.state !== "connected") return Promise.resolve();
    return this.#requests.ask({ op: "unsubscribe", topic: feed.pattern }).then(
      () => undefined,
      (error) => error.code !== "disconnected" && Promise.reject(error),
    );
  }

  /** Starts the next round of subscribe commands, together with all that this turn still adds. */
  #sync() {
    if (this.#syncing || this.state !== "connected") return;
    this.#syncing = true;
    queueMicrotask(() => {
      this.#syncing = false;
      if (this.state !== "connected") return;
      const maxBytes = this.welcome.limits?.message;
      const commands = this.#feeds.nextRound(() => this.#requests.nextId(), maxBytes);
      if (commands.length > 0) this.#connection.send(...commands);
      this.#watchRound();
    });
  }

  #syncLater() {
    const { backoff, random } = this.#options;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#sync(), backoff.base * (1 + random()));
  }

  /** A round without progress must not hold up all later ones. */
  #watchRound() {
    clearTimeout(this.#roundTimer);
    if (!this.#feeds.busy) return;
    this.#roundTimer = setTimeout(
      () => this.#connection.drop("a subscription got no answer"),
      this.#options.roundTimeout,
    );
  }

  #transmit(message) {
    const max = this.#connection.welcome?.limits?.message;
    if (max && exceeds(message, max)) {
      throw new OpenClawError("too_large", `the gateway takes messages of up to ${max} bytes`);
    }
    this.#connection.send(message);
  }

  #call(listener) {
    try {
      listener();
    } catch (error) {
      this.#raise("error", Object.assign(new OpenClawError("listener", String(error)), { cause: error }));
    }
  }

  #raise(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

function checked(options) {
  const given = (values = {}) => Object.entries(values).filter(([, value]) => value !== undefined);
  const all = { WebSocket: globalThis.WebSocket, ...DEFAULTS, ...Object.fromEntries(given(options)) };
  all.backoff = { ...DEFAULTS.backoff, ...Object.fromEntries(given(options.backoff)) };
  if (typeof all.WebSocket !== "function") {
    throw new TypeError("no WebSocket here: pass one, new OpenClaw(url, {WebSocket})");
  }
  for (const [name, value] of [...Object.entries(all), ...Object.entries(all.backoff)]) {
    const isNumber = typeof { ...DEFAULTS, ...DEFAULTS.backoff }[name] === "number";
    if (isNumber && !(value > 0)) throw new TypeError(`${name} must be above 0`);
  }
  return all;
}

/** The address of a page works too: http becomes ws, relative ones are resolved. */
function address(url) {
  const absolute = new URL(url, globalThis.document?.baseURI);
  absolute.protocol = absolute.protocol.replace("http", "ws");
  return absolute.href;
}

function decoded(publication) {
  if (publication.data64 === undefined) return publication;
  const data = Uint8Array.from(atob(publication.data64), (char) => char.charCodeAt(0));
  return { ...without(publication, "data64"), data };
}

function without(message, name) {
  const { [name]: _, ...rest } = message;
  return rest;
}

function exceeds(message, maxBytes) {
  const text = JSON.stringify(message);
  return text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes;
}
