/** What `subscribe` returns: one listener on one pattern, for as many connections as it takes. */
export class Subscription {
  #feed;
  #feeds;
  #end;

  /**
   * @param {import("./feed.js").Feed} feed
   * @param {import("./feeds.js").Feeds} feeds
   * @param {() => Promise<void>} end unsubscribes
   */
  constructor(feed, feeds, end) {
    this.#feed = feed;
    this.#feeds = feeds;
    this.#end = end;
    /** Settles once: when the past that was asked for has been delivered, or with the refusal. */
    this.ready = new Promise((resolve, reject) => {
      feed.onLive = () => resolve(this);
      feed.onRefused = reject;
    });
    this.ready.catch(() => {}); // the error event tells it too
  }

  get pattern() {
    return this.#feed.pattern;
  }

  /** Whether all up to now has been delivered, and the rest follows as it happens. */
  get live() {
    return this.#feed.live;
  }

  /** `events` or `latest`, as the gateway decided. */
  get mode() {
    return this.#feed.mode;
  }

  /** {epoch, offset} from which another client could go on, or null while there is none. */
  get position() {
    return this.#feeds.positionOf(this.#feed);
  }

  /** Nothing is delivered from now on; resolves when the gateway knows. */
  unsubscribe() {
    return this.#end();
  }
}
