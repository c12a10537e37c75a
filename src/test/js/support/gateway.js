import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import { OpenClaw } from "../../../main/webapp/client/openclaw.js";

/** The gateway that runs, from OPENCLAW_URL (the page's address) and OPENCLAW_TOKEN. */
export const url = process.env.OPENCLAW_URL && new URL(process.env.OPENCLAW_URL);
export const token = process.env.OPENCLAW_TOKEN;

/** Why tests against a gateway can't run, or false; an error where they must. */
export function missing() {
  if (url && token) return false;
  if (process.env.OPENCLAW_REQUIRE_GATEWAY === "1") throw new Error("OPENCLAW_URL and OPENCLAW_TOKEN must be set");
  return "no gateway: OPENCLAW_URL and OPENCLAW_TOKEN are not set";
}

/** A topic that no other test uses. */
export const freshTopic = () => `test/js/${randomUUID()}`;

/** Publishes over HTTP, and answers the positions. */
export async function publish(...events) {
  const response = await fetch(new URL("api/v1/publish", url), {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(events),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return JSON.parse(text);
}

/** A new one-time ticket. */
export async function ticket() {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(new URL("api/v1/tickets", url), { method: "POST", headers });
  return (await response.json()).ticket;
}

/** A client of the gateway, or of a proxy before it. */
export function connect(options = {}, port = url.port) {
  const address = new URL("ws", url);
  address.port = port;
  return new OpenClaw(address, { WebSocket, token, backoff: { base: 10, cap: 100 }, ...options });
}

/** A WebSocket that remembers what was sent through it, connection by connection. */
export function recordingWebSocket() {
  const connections = [];
  const sockets = [];
  class RecordingWebSocket extends WebSocket {
    constructor(...args) {
      super(...args);
      this.frames = [];
      connections.push(this.frames);
      sockets.push(this);
    }

    /** What no client would send. */
    sendRaw(text) {
      super.send(text);
    }

    send(text, ...rest) {
      this.frames.push(JSON.parse(text));
      super.send(text, ...rest);
    }
  }
  return { WebSocket: RecordingWebSocket, connections, sockets };
}

/** Resolves when the condition holds after one of the client's messages. */
export function until(client, holds) {
  return new Promise((resolve) => {
    if (holds()) return resolve();
    const stop = client.on("message", () => {
      if (!holds()) return;
      stop();
      resolve();
    });
  });
}
