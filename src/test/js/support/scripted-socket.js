/**
 * A WebSocket whose other side is the test: it sees each frame that the client sends, and says what
 * the gateway would say.
 */
export function scriptedSockets() {
  const made = [];
  const waiting = [];

  class ScriptedSocket {
    readyState = 0;
    frames = [];
    #frameWaiters = [];

    constructor(url, protocols) {
      this.url = url;
      this.protocols = protocols;
      made.push(this);
      waiting.shift()?.(this);
    }

    send(text) {
      this.frames.push(JSON.parse(text));
      this.#frameWaiters.shift()?.();
    }

    close() {
      this.readyState = 3;
    }

    /** Opens and says welcome. */
    welcome(fields = {}) {
      this.readyState = 1;
      this.say({
        op: "welcome",
        session: "s1",
        node: "n1",
        heartbeat: 60_000,
        user: null,
        limits: { message: 65_536, subscriptions: 1000 },
        ...fields,
      });
    }

    say(...messages) {
      this.onmessage({ data: JSON.stringify(messages.length === 1 ? messages[0] : messages) });
    }

    /** The peer, or the network, ends it. */
    die(code = 1006, reason = "") {
      this.readyState = 3;
      this.onclose({ code, reason });
    }

    /** The frame with this index, when it has been sent. */
    async frame(index = 0) {
      while (this.frames.length <= index) await new Promise((seen) => this.#frameWaiters.push(seen));
      return this.frames[index];
    }
  }

  let taken = 0;
  /** The next connection that the client makes. */
  const next = async () => {
    const index = taken++;
    return made[index] ?? new Promise((resolve) => waiting.push(resolve));
  };
  return { WebSocket: ScriptedSocket, made, next };
}

/** The detail of the next event of this type. */
export function once(client, type) {
  return new Promise((resolve) => {
    const stop = client.on(type, (detail) => {
      stop();
      resolve(detail);
    });
  });
}
