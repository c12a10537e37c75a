import { OpenClawError } from "./errors.js";
import { Link } from "./link.js";
import { fullJitter, isFinal, momentWithin } from "./timing.js";

const SUBPROTOCOL = "openclaw.v1.json";
const BEARER = "openclaw.bearer.";
const TICKET = "openclaw.ticket.";
const GOODBYE_GRACE_MS = 2000;

/**
 * Keeps a connection to the gateway: opens it, authenticates, and comes back when it ends, unless
 * the gateway forbids it.
 *
 * When to come back: at a random moment of the window that `goodbye` named; else after a full jitter
 * wait; never after a close code of 4500-4999 or a `goodbye` with `reconnect` false.
 *
 * The token goes with the handshake as a subprotocol, since browsers can't set headers, or in an
 * `auth` message if `authenticate` is "message" or it can't be a subprotocol. After a handshake that
 * failed, the next one tries the message: an HTTP refusal tells a browser no reason, an error reply
 * does. If `authenticate` is "ticket", it is a one-time ticket instead: it goes with the handshake, always a new
 * one, and renews nothing; when its owner's token ends, the connection does, and another one is made.
 */
export class Connection {
  /** @type {"connecting" | "connected" | "reconnecting" | "closed"} */
  state = "closed";
  welcome = null;
  #url;
  #options;
  #requests;
  #owner;
  #link = null;
  #attemptId = 0;
  #failures = 0;
  #refusals = 0;
  #goodbye = null;
  #timer;
  #waiting = false;
  #stableTimer;

  /**
   * @param {string} url
   * @param {object} options checked, with defaults
   * @param {import("./requests.js").Requests} requests
   * @param {{up: (welcome: object) => void, message: (message: object) => void,
   *     down: (end: object) => void, retry: (wait: object) => void, error: (error: Error) => void}} owner
   */
  constructor(url, options, requests, owner) {
    this.#url = url;
    this.#options = options;
    this.#requests = requests;
    this.#owner = owner;
  }

  /** Connects now; what there was of a connection or a wait is given up. */
  open() {
    this.#goodbye = null;
    this.#failures = 0;
    if (this.state !== "closed" && !this.#down({ code: 1000, reason: "reconnect", reconnect: true })) return;
    this.state = "connecting";
    this.#attempt();
  }

  /** Ends it for good. */
  close() {
    if (this.state !== "closed") this.#stop(1000, "closed by the application");
  }

  /** Messages go out together with all others of this turn, in one frame. */
  send(...messages) {
    this.#link?.send(...messages);
  }

  /** Gives the connection up as dead; the retry follows. */
  drop(reason) {
    this.#link?.end(1006, reason);
  }

  /** The network may be back: a waiting attempt is made now, a connection must prove that it lives. */
  nudge() {
    if (this.#waiting && !this.#goodbye) {
      clearTimeout(this.#timer);
      this.#attempt();
    } else if (this.state === "connected") {
      const link = this.#link;
      this.#requests
        .ask({ op: "ping" }, { timeout: this.#options.probeTimeout })
        .catch(() => link === this.#link && this.drop("no answer"));
    }
  }

  async #attempt() {
    const attempt = ++this.#attemptId;
    this.#waiting = false;
    let token;
    try {
      token = await this.#token();
    } catch (error) {
      if (attempt !== this.#attemptId) return;
      this.#owner.error(new OpenClawError("token", `no token: ${error?.message ?? error}`, true));
      this.#retry();
      return;
    }
    if (attempt === this.#attemptId) this.#connect(token, attempt);
  }

  #connect(token, attempt) {
    const { WebSocket, connectTimeout } = this.#options;
    const byMessage = token && this.#needsMessage(token);
    const prefix = this.#byTicket ? TICKET : BEARER;
    const protocols = token && !byMessage ? [SUBPROTOCOL, prefix + token] : [SUBPROTOCOL];
    let socket;
    try {
      socket = new WebSocket(this.#url, protocols);
    } catch (error) {
      this.#owner.error(new OpenClawError("bad_url", error.message));
      this.#stop(1006, "bad url");
      return;
    }
    const current = (step) => (value) => attempt === this.#attemptId && step(value);
    this.#link = new Link(socket, connectTimeout, {
      messages: current((list) => this.#receive(list, byMessage ? token : undefined, attempt)),
      ended: current((end) => this.#ended(end)),
    });
  }

  get #byTicket() {
    return this.#options.authenticate === "ticket";
  }

  #needsMessage(token) {
    if (this.#byTicket) return false;
    const isSubprotocol = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(token);
    return this.#options.authenticate === "message" || !isSubprotocol || this.#refusals % 2 === 1;
  }

  #receive(list, token, attempt) {
    for (const message of list) {
      if (attempt !== this.#attemptId) return;
      if (message.op === "welcome") this.#welcomed(message, token, attempt);
      else if (message.op === "goodbye") this.#leave(message);
      else if (message.op === "expiring") this.#renew(attempt);
      else this.#owner.message(message);
    }
  }

  async #welcomed(message, token, attempt) {
    this.welcome = message;
    this.#refusals = 0;
    this.#link.maxFrameBytes = message.limits?.message ?? Infinity;
    if (message.heartbeat > 0) this.#link.expectEvery(2 * message.heartbeat);
    if (token) {
      try {
        const { user, expires } = await this.#requests.ask({ op: "auth", token }, { now: true });
        this.welcome = { ...message, user, expires };
      } catch (error) {
        if (attempt === this.#attemptId) this.#authFailed(error);
        return;
      }
    }
    if (attempt === this.#attemptId) this.#up();
  }

  #up() {
    this.state = "connected";
    this.#stableTimer = setTimeout(() => (this.#failures = 0), this.#options.stableAfter);
    this.#owner.up(this.welcome);
  }

  #authFailed(error) {
    this.#owner.error(error);
    if (error.retry) this.drop("not authenticated");
    else this.#stop(4501, error.message);
  }

  async #renew(attempt) {
    if (this.#byTicket) return;
    try {
      const token = await this.#token();
      if (attempt === this.#attemptId && token) await this.#requests.ask({ op: "auth", token });
    } catch (error) {
      this.#owner.error(error instanceof OpenClawError ? error : new OpenClawError("token", String(error)));
    }
  }

  #leave(goodbye) {
    this.#goodbye = { ...goodbye, at: performance.now() };
    const attempt = this.#attemptId;
    this.#timer = setTimeout(() => {
      if (attempt === this.#attemptId) this.#link?.end(goodbye.code ?? 1006, goodbye.reason ?? "");
    }, GOODBYE_GRACE_MS);
  }

  #ended({ code, reason }) {
    if (!this.welcome) this.#refusals++;
    const goodbye = this.#goodbye;
    const final = isFinal(code) || goodbye?.reconnect === false;
    const end = { code: goodbye?.code ?? code, reason: goodbye?.reason ?? reason, reconnect: !final };
    if (this.#down(end) && !final) this.#retry();
  }

  #retry() {
    const delay = this.#delay();
    this.state = "reconnecting";
    this.#failures++;
    this.#waiting = true;
    this.#timer = setTimeout(() => {
      this.#goodbye = null;
      this.#attempt();
    }, delay);
    this.#owner.retry({ attempt: this.#failures, delay });
  }

  #delay() {
    const { random } = this.#options;
    const goodbye = this.#goodbye;
    if (!Array.isArray(goodbye?.after)) {
      return fullJitter(this.#failures, this.#options.backoff, random);
    }
    return Math.max(0, momentWithin(goodbye.after, random) - (performance.now() - goodbye.at));
  }

  #stop(code, reason) {
    this.#goodbye = null;
    this.#down({ code, reason, reconnect: false });
  }

  /** @returns whether nobody started anything else when told */
  #down({ code, reason, reconnect }) {
    const attempt = ++this.#attemptId;
    const wasUp = this.state === "connected";
    const link = this.#link;
    this.#link = this.welcome = null;
    this.#waiting = false;
    clearTimeout(this.#timer);
    clearTimeout(this.#stableTimer);
    this.state = reconnect ? "reconnecting" : "closed";
    link?.end(code, reason);
    this.#owner.down({ code, reason, reconnect, wasUp });
    return attempt === this.#attemptId;
  }

  /** The token, if there is one; its source may be slow, but not for ever. */
  async #token() {
    const { token, connectTimeout } = this.#options;
    if (typeof token !== "function") return token;
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new OpenClawError("timeout", "the token is late", true)), connectTimeout);
    });
    return Promise.race([Promise.resolve().then(token), late]).finally(() => clearTimeout(timer));
  }
}
