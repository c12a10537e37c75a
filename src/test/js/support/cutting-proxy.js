import { connect, createServer } from "node:net";

/** A TCP proxy on a free port of loopback whose connections the test cuts or freezes. */
export async function cuttingProxy(target) {
  const pairs = new Set();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    const pair = { near, far };
    pairs.add(pair);
    const end = () => {
      near.destroy();
      far.destroy();
      pairs.delete(pair);
    };
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    port: server.address().port,

    get connections() {
      return pairs.size;
    },

    /** Ends all connections at once, as a network does: without a close frame. */
    cut() {
      for (const { near, far } of pairs) {
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
    },

    /** Nothing is forwarded any more on the present connections, which stay open. */
    freeze() {
      for (const { near, far } of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.pause();
        far.pause();
      }
    },

    /** What the gateway sends on the present connections trickles. Answers how to end that. */
    throttle(bytesPerSecond) {
      const all = [...pairs];
      const each = Math.ceil(bytesPerSecond / 20);
      for (const { far } of all) far.unpipe();
      const trickle = setInterval(() => {
        for (const { near, far } of all) near.write(far.read(Math.min(each, far.readableLength)) ?? "");
      }, 50);
      return () => {
        clearInterval(trickle);
        for (const { near, far } of all) far.pipe(near);
      };
    },

    async close() {
      this.cut();
      await new Promise((closed) => server.close(closed));
    },
  };
}
