/** A refusal by the gateway, or a failure on the way to it. */
export class OpenClawError extends Error {
  /**
   * @param {string} code of the protocol (`forbidden`, `rate_limited`, …), or of this client:
   *     `disconnected` (sent, but the connection ended before the reply: the outcome is unknown),
   *     `timeout`, `too_many_pending`, `too_large`, `closed`
   * @param {string} message for people
   * @param {boolean} retry whether trying again can help
   */
  constructor(code, message, retry = false) {
    super(message || code);
    this.name = "OpenClawError";
    this.code = code;
    this.retry = retry;
  }

  /** From an `error` or `unsubscribed` message. */
  static from({ code, message, retry }) {
    return new OpenClawError(code ?? "internal", message, retry === true);
  }
}
