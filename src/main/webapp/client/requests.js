import { OpenClawError } from "./errors.js";

/**
 * Commands that wait for the reply with their `id`. Bounded in number and in time.
 *
 * A command asked while there is no connection waits for the next one. One that was sent when the
 * connection ended is sent again if that can do no harm (`resend`); else its outcome is unknown
 * and it is rejected with `disconnected`.
 */
export class Requests {
  #pending = new Map();
  #lastId = 0;
  #up = false;
  #transmit;
  #max;
  #timeout;

  /**
   * @param {{maxPending: number, requestTimeout: number}} bounds
   * @param {(message: object) => void} transmit puts a message on the current connection
   */
  constructor({ maxPending, requestTimeout }, transmit) {
    this.#max = maxPending;
    this.#timeout = requestTimeout;
    this.#transmit = transmit;
  }

  nextId() {
    this.#lastId = (this.#lastId % 0x7fffffff) + 1;
    return this.#lastId;
  }

  /**
   * @param {object} message without id
   * @param {{timeout?: number, resend?: boolean, now?: boolean}} how `now`: the connection is not
   *     up yet for others (authentication)
   * @returns {Promise<object>} the reply
   */
  ask(message, { timeout = this.#timeout, resend = false, now = false } = {}) {
    if (this.#pending.size >= this.#max) {
      return Promise.reject(
        new OpenClawError("too_many_pending", `more than ${this.#max} commands wait`, true),
      );
    }
    return new Promise((resolve, reject) => {
      const id = this.nextId();
      const entry = { message: { ...message, id }, resolve, reject, resend, sent: false };
      entry.timer = setTimeout(() => this.#expire(id), timeout);
      this.#pending.set(id, entry);
      if (this.#up || now) this.#send(entry);
    });
  }

  up() {
    this.#up = true;
    for (const entry of this.#pending.values()) if (!entry.sent) this.#send(entry);
  }

  down() {
    this.#up = false;
    for (const [id, entry] of this.#pending) {
      if (entry.sent && !entry.resend) {
        this.#fail(id, new OpenClawError("disconnected", "the connection ended before the reply", true));
      }
      entry.sent = false;
    }
  }

  /** Whether the reply belonged to a pending command. */
  settle(reply) {
    const entry = this.#take(reply.id);
    if (!entry) return false;
    if (reply.op === "error") entry.reject(OpenClawError.from(reply));
    else entry.resolve(reply);
    return true;
  }

  rejectAll(error) {
    for (const id of [...this.#pending.keys()]) this.#fail(id, error);
  }

  #send(entry) {
    entry.sent = true;
    try {
      this.#transmit(entry.message);
    } catch (error) {
      this.#fail(entry.message.id, error);
    }
  }

  #expire(id) {
    this.#fail(id, new OpenClawError("timeout", "no reply in time", true));
  }

  #fail(id, error) {
    this.#take(id)?.reject(error);
  }

  #take(id) {
    const entry = this.#pending.get(id);
    if (!entry) return undefined;
    this.#pending.delete(id);
    clearTimeout(entry.timer);
    return entry;
  }
}
