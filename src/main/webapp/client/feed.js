import { matcher } from "./topics.js";

/**
 * Where one subscription of this client stands in the log: what it has had, and from where it must
 * be resumed.
 *
 * A feed is `waiting` (to be subscribed), then `sent`, then `catching-up` (after `subscribed`), then
 * `live`; a live one may be sent again, and goes on meanwhile. Publications reach it in the order of the log, each once:
 *
 * 1. In mode `events`, one whose offset is not above the highest one delivered is a double.
 * 2. In mode `latest`, one whose offset is not above the one delivered for its topic and key is.
 * 3. While it catches up, a new publication that the connection got for another, live subscription
 *    is held until the feed has reached it, since older ones are still to come.
 * 4. When too many are held, the first that could not be, and all above, are left out, and the feed
 *    asks again from where it is once it has caught up.
 * 5. What was delivered of a snapshot or of history before `live` is no position: a new subscription
 *    of mode `latest` that is interrupted asks for all of it again, and drops the doubles.
 * 6. When the connection ends, a live feed stands where the whole connection stood; one that was
 *    catching up stands at the last publication delivered to it, and what was held is dropped.
 */
export class Feed {
  state = "waiting";
  /** Whether the gateway serves it on this connection. */
  started = false;
  mode = "events";
  /** Whose publications it gets; undefined for the default space. */
  space = undefined;
  epoch = null;
  seen = -1;
  #held = [];
  #limit = Infinity;
  #keys = new Map();
  #floor = -1;
  #start = -1;
  #fresh = true;
  #bounds;
  #deliver;

  /**
   * @param {string} pattern
   * @param {object} options of the subscribe command
   * @param {(publication: object) => void} deliver must not throw
   * @param {{maxHeld: number, maxKeys: number}} bounds
   */
  constructor(pattern, options, deliver, bounds) {
    this.pattern = pattern;
    this.matches = matcher(pattern);
    this.options = options;
    this.#deliver = deliver;
    this.#bounds = bounds;
    if (options.since) {
      this.epoch = options.since.epoch;
      this.#startAt(options.since.offset);
    }
  }

  get live() {
    return this.state === "live";
  }

  /** What the next subscribe command must ask for: `since`, `history`, or nothing. */
  get need() {
    if (!this.#fresh) return { since: { epoch: this.epoch, offset: Math.max(0, this.seen) } };
    return this.options.history > 0 ? { history: this.options.history } : {};
  }

  /** The `subscribed` reply: another epoch than ours means that all our offsets are void. */
  begin({ epoch, offset, mode, space }) {
    this.state = "catching-up";
    this.started = true;
    this.mode = mode ?? "events";
    this.space = space;
    this.head = offset;
    if (this.epoch !== epoch) this.#restart(epoch);
    if (this.#fresh && this.mode === "events" && !(this.options.history > 0)) this.#startAt(offset);
  }

  /** Starts at once, beside another feed of the same pattern that is live. */
  join(other, offset) {
    this.state = "live";
    this.started = true;
    this.mode = other.mode;
    this.space = other.space;
    this.epoch = other.epoch;
    this.head = this.#floor = offset;
    this.#startAt(offset);
  }

  /** Whether the publication was handed to this feed's listener. */
  delivered(publication) {
    if (this.mode === "latest") return this.#keys.get(keyOf(publication)) >= publication.offset;
    return publication.offset > this.#start && publication.offset <= this.seen;
  }

  /** Whether the publication is behind this feed: delivered, or older than what it asked for. */
  had(publication) {
    if (this.mode !== "latest") return publication.offset <= this.seen;
    const last = this.#keys.get(keyOf(publication));
    if (last !== undefined) return publication.offset <= last;
    return !publication.snapshot && publication.offset <= this.#floor;
  }

  /**
   * @param {object} publication that matches
   * @param {boolean} push whether it came for a live subscription, ahead of what is being caught up
   */
  offer(publication, push) {
    if (this.had(publication)) return;
    if (this.mode === "latest") this.#deliverLatest(publication);
    else if (this.live) {
      if (!publication.snapshot) this.#deliverNext(publication);
    } else if (push || publication.snapshot) this.#hold(publication);
    else {
      this.#releaseBelow(publication.offset);
      if (this.started && publication.offset < this.#limit) this.#deliverNext(publication);
    }
  }

  /** `live`: all up to `offset` has come. */
  caughtUp(offset) {
    this.#releaseBelow(Infinity);
    if (!this.started) return;
    const complete = this.#limit === Infinity;
    this.#limit = Infinity;
    this.state = complete ? "live" : "waiting";
    if (!complete) return;
    this.#standAt(Math.max(this.seen, offset));
    this.#floor = offset;
  }

  /** `gap`: what is in the range will not come, in the old epoch or in a new one. */
  skip({ epoch, to }) {
    if (epoch !== this.epoch) this.#restart(epoch);
    const end = this.live ? to : Math.min(to, this.head);
    if (!(end > this.seen)) return;
    if (this.seen < 0) this.#start = end;
    this.#standAt(end);
  }

  /** The connection ended; it stood at `offset` for live subscriptions. */
  interrupt(offset) {
    if (this.live) this.seen = Math.max(this.seen, offset);
    this.#held = [];
    this.#limit = Infinity;
    this.state = "waiting";
    this.started = false;
  }

  /** Nothing is delivered from now on. */
  end() {
    this.state = "removed";
    this.started = false;
    this.#held = [];
  }

  /** A live feed is to be subscribed once more, from where it stands. */
  repeat(offset) {
    this.#standAt(Math.max(this.seen, offset));
    this.state = "waiting";
  }

  #restart(epoch) {
    this.epoch = epoch;
    this.seen = this.#floor = this.#start = -1;
    this.#held = [];
    this.#keys.clear();
  }

  #hold(publication) {
    if (publication.offset >= this.#limit) return;
    if (this.#held.length >= this.#bounds.maxHeld) {
      this.#limit = publication.offset;
      return;
    }
    this.#held.push(publication);
    if (this.#held.length > 1 && this.#held.at(-2).offset > publication.offset) {
      this.#held.sort((a, b) => a.offset - b.offset);
    }
  }

  #releaseBelow(offset) {
    let count = 0;
    while (count < this.#held.length && this.#held[count].offset < offset) count++;
    for (const publication of this.#held.splice(0, count)) {
      if (!this.started) return;
      if (publication.offset < this.#limit && !this.had(publication)) this.#deliverNext(publication);
    }
  }

  #startAt(offset) {
    this.#start = offset;
    this.#standAt(offset);
  }

  #standAt(offset) {
    this.seen = offset;
    this.#fresh = false;
  }

  #deliverNext(publication) {
    this.#standAt(publication.offset);
    this.#deliver(publication);
  }

  #deliverLatest(publication) {
    const key = keyOf(publication);
    this.#keys.delete(key);
    this.#keys.set(key, publication.offset);
    if (this.#keys.size > this.#bounds.maxKeys) this.#keys.delete(this.#keys.keys().next().value);
    if (this.live) this.#standAt(Math.max(this.seen, publication.offset));
    this.#deliver(publication);
  }
}

function keyOf({ topic, key }) {
  return key === undefined ? topic : `${topic}\n${key}`;
}
