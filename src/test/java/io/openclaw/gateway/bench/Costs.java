package io.openclaw.gateway.bench;

/**
 * CPU time.
 *
 * @param serverNanos of the server's process
 * @param swarmNanos of the generator's reading thread
 */
record Costs(long serverNanos, long swarmNanos) {
  /** What they have cost since they started. */
  static Costs now(Swarm swarm, ProcessProbe server) {
    return new Costs(server.cpuNanos(), swarm.cpuNanos());
  }

  Costs minus(Costs earlier) {
    return new Costs(serverNanos - earlier.serverNanos, swarmNanos - earlier.swarmNanos);
  }
}
