/** A place in one life of a log of the gateway; offset 0 is before the first publication. */
export interface Position {
  epoch: string;
  offset: number;
}

export interface Publication {
  topic: string;
  offset: number;
  /** When it was appended, in ms since the Unix epoch. */
  time: number;
  /** Binary publications arrive as a Uint8Array. */
  data: unknown;
  /** The entity that it is the state of. */
  key?: string;
  /** A current value at the time of subscribing, not a new event. */
  snapshot?: true;
  /** The key is gone. */
  removed?: true;
  /** W3C traceparent. */
  trace?: string;
  /** Whose log it is from; absent in the default space. Offsets of two spaces say nothing of each other. */
  space?: string;
}

export interface Gap {
  topic: string;
  reason: "retention" | "epoch" | "overflow";
  epoch: string;
  from: number;
  to: number;
  /** Absent in the default space. */
  space?: string;
}

export interface OpenClawOptions {
  /** A JWT, or how to get one; a function is called for every connection and renewal. */
  token?: string | (() => string | undefined | Promise<string | undefined>);
  /**
   * How the token travels: in the handshake (default) or in an `auth` message after it. "ticket": what `token` gives is
   * no token but a one-time ticket, so it must be a function.
   */
  authenticate?: "subprotocol" | "message" | "ticket";
  /** For Node before 22, for example that of package ws. */
  WebSocket?: new (url: string, protocols?: string[]) => unknown;
  /** Reconnects wait a random time up to base × 2^attempt, at most cap. Default 500 and 30,000 ms. */
  backoff?: { base?: number; cap?: number };
  /** Ms until the first message of a connection, and for the token function. Default 10,000. */
  connectTimeout?: number;
  /** Ms until the reply to a command. Default 10,000. */
  requestTimeout?: number;
  /** Ms until the answer when the network has changed. Default 3,000. */
  probeTimeout?: number;
  /** Ms without progress while subscriptions catch up, then the client reconnects. Default 30,000. */
  roundTimeout?: number;
  /** Ms after which a connection counts as good, so that backoff begins anew. Default 5,000. */
  stableAfter?: number;
  /** Commands that may wait for a connection or a reply. Default 1,000. */
  maxPending?: number;
  /** New publications held for each subscription while it catches up. Default 10,000. */
  maxHeld?: number;
  /** Topics and keys that a subscription of mode `latest` tells doubles by. Default 10,000. */
  maxKeys?: number;
  /** In [0, 1). */
  random?: () => number;
}

export interface SubscribeOptions {
  /** Everything after this position first. */
  since?: Position;
  /** The last so many of each matching topic first. */
  history?: number;
  mode?: "events" | "latest";
  /** Publications per second. */
  maxRate?: number;
  /** A JMS message selector over the fields of `data`, `$topic`, `$1`…, `$key`. */
  filter?: string;
}

export interface Subscription {
  readonly pattern: string;
  /** Whether all up to now has been delivered, and the rest follows as it happens. */
  readonly live: boolean;
  readonly mode: "events" | "latest";
  readonly position: Position | null;
  /** Settles once: when the past that was asked for has been delivered, or with the refusal. */
  readonly ready: Promise<Subscription>;
  unsubscribe(): Promise<void>;
}

export type Listener = (publication: Publication, subscription: Subscription) => void;

export interface OpenClawEvents {
  connected: {
    session: string;
    node: string;
    user: string | null;
    heartbeat: number;
    limits: { message: number; subscriptions: number };
  };
  /** Each publication once, however many subscriptions it matches. */
  message: Publication;
  /** `reconnect`: whether the client comes back by itself. */
  disconnected: { code: number; reason: string; reconnect: boolean };
  /** The next attempt follows after `delay` ms. */
  reconnecting: { attempt: number; delay: number };
  gap: Gap;
  error: OpenClawError & { topic?: string };
}

export class OpenClawError extends Error {
  /** Of the protocol, or `disconnected`, `timeout`, `too_many_pending`, `closed`, `token`, `listener`. */
  readonly code: string;
  /** Whether trying again can help. */
  readonly retry: boolean;
}

/** A test for the topic names that a pattern matches. */
export function matcher(pattern: string): (topic: string) => boolean;

export class OpenClaw extends EventTarget {
  constructor(url: string | URL, options?: OpenClawOptions);
  readonly state: "connecting" | "connected" | "reconnecting" | "closed";
  readonly welcome: OpenClawEvents["connected"] | null;

  on<T extends keyof OpenClawEvents>(type: T, listener: (detail: OpenClawEvents[T]) => void): () => void;

  subscribe(pattern: string, listener?: Listener): Subscription;
  subscribe(pattern: string, options: SubscribeOptions, listener?: Listener): Subscription;

  /** With an `eventId` it is sent again after a lost connection, and appended once. */
  publish(
    topic: string,
    data: unknown,
    options?: { key?: string; eventId?: string; echo?: boolean; timeout?: number },
  ): Promise<Position>;

  history(
    topic: string,
    options?: { limit?: number; since?: Position; before?: Position; reverse?: boolean; timeout?: number },
  ): Promise<{ epoch: string; items: Publication[]; more: boolean }>;

  presence(
    topic: string,
    options?: { timeout?: number },
  ): Promise<{ count: number; members: { session: string; user: string | null; since: number; node: string; state?: unknown }[] }>;

  /** What others see of this session among those who are on the topic; null takes it back. */
  setState(topic: string, state: unknown, options?: { timeout?: number }): Promise<void>;

  /** Asks a service of the enterprise; the timeout, in ms, goes to the gateway, too. */
  request(service: string, data: unknown, options?: { timeout?: number }): Promise<unknown>;

  /** The round trip in ms and the gateway's clock. */
  ping(options?: { timeout?: number }): Promise<{ time: number; roundTrip: number }>;

  /** Connects now, with a new token if `token` is a function; also after `close()`. */
  reconnect(): void;

  /** Ends the connection; what waits is rejected. Subscriptions are kept for `reconnect()`. */
  close(): void;
}
