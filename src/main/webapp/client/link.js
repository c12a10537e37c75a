/** Commands in one frame at most; the gateway takes 1,000 unless configured otherwise. */
const MAX_COMMANDS = 500;

/** The code of an end that no close frame told; browsers use it for the same. */
const ABNORMAL = 1006;

/**
 * One WebSocket: frames in, frames out, and the watch over its silence. It ends once, whatever the
 * reason, and says so; what arrives afterwards is dropped.
 */
export class Link {
  /** What the gateway takes in one frame; what is more goes in several. */
  maxFrameBytes = Infinity;
  #socket;
  #owner;
  #outbox = [];
  #watch;
  #heardAt = performance.now();
  #maxSilence;
  #ended = false;

  /**
   * @param {WebSocket} socket just made
   * @param {number} openTimeout ms until the first message
   * @param {{messages: (list: object[]) => void, ended: (end: {code: number, reason: string}) => void}} owner
   */
  constructor(socket, openTimeout, owner) {
    this.#socket = socket;
    this.#owner = owner;
    this.#maxSilence = openTimeout;
    socket.onmessage = (event) => this.#receive(event.data);
    socket.onclose = (event) => this.#finish(event.code ?? ABNORMAL, event.reason ?? "");
    socket.onerror = () => {}; // close follows, and says more
    this.#arm(openTimeout);
  }

  /** From now on the link is dead after so many ms without a message. */
  expectEvery(maxSilence) {
    this.#maxSilence = maxSilence;
    this.#arm(maxSilence);
  }

  /**
   * Sends the messages in one frame, together with all others of this turn of the event loop if the
   * gateway takes that much at once.
   */
  send(...messages) {
    if (this.#outbox.length === 0) queueMicrotask(() => this.#flush());
    this.#outbox.push(messages.map((message) => JSON.stringify(message)));
  }

  /** Ends it from this side, without waiting for the peer, who may be gone. */
  end(code, reason) {
    if (this.#ended) return;
    try {
      this.#socket.close(1000);
    } catch {
      // not open yet in some implementations: nothing to close
    }
    this.#finish(code, reason);
  }

  #receive(text) {
    if (this.#ended) return;
    this.#heardAt = performance.now();
    let messages;
    try {
      messages = [].concat(JSON.parse(text));
    } catch {
      this.end(ABNORMAL, "unreadable frame");
      return;
    }
    this.#owner.messages(messages);
  }

  #flush() {
    const groups = this.#outbox;
    this.#outbox = [];
    if (this.#ended || this.#socket.readyState !== 1) return;
    for (const frame of frames(groups, this.maxFrameBytes)) this.#socket.send(frame);
  }

  #arm(delay) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#check(), delay);
  }

  #check() {
    const left = this.#maxSilence - (performance.now() - this.#heardAt);
    if (left <= 0) this.end(ABNORMAL, "silence");
    else this.#arm(left);
  }

  #finish(code, reason) {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#watch);
    this.#owner.ended({ code, reason });
  }
}

/** The groups in as few frames as can be, none of them divided. */
function* frames(groups, maxBytes) {
  let texts = [];
  let bytes = 2;
  for (const group of groups) {
    const size = group.reduce((sum, text) => sum + new TextEncoder().encode(text).length + 1, 0);
    if (texts.length > 0 && (bytes + size > maxBytes || texts.length + group.length > MAX_COMMANDS)) {
      yield frame(texts);
      texts = [];
      bytes = 2;
    }
    texts.push(...group);
    bytes += size;
  }
  yield frame(texts);
}

/** One message alone, or an array of them. */
function frame(texts) {
  return texts.length === 1 ? texts[0] : `[${texts.join()}]`;
}
