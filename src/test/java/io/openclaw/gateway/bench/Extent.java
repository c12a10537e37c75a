package io.openclaw.gateway.bench;

import java.time.Duration;

/**
 * How long and how much.
 *
 * @param quick whether shorter windows and smaller counts will do
 */
record Extent(boolean quick) {
  int clients() {
    return 1_000;
  }

  int idleClients() {
    return quick ? 2_000 : 10_000;
  }

  int stormClients() {
    return quick ? 1_000 : 5_000;
  }

  /** Of a step in a search. */
  Duration window() {
    return Duration.ofSeconds(quick ? 2 : 4);
  }

  Duration warmUp() {
    return Duration.ofMillis(quick ? 500 : 1_500);
  }

  /** Of a measurement at one rate. */
  Duration longWindow() {
    return Duration.ofSeconds(quick ? 5 : 20);
  }

  /** Before anything is measured, for the server's compiler. */
  Duration firstWarmUp() {
    return Duration.ofSeconds(quick ? 4 : 12);
  }

  int bisections() {
    return quick ? 1 : 3;
  }

  int outboxRows() {
    return quick ? 10_000 : 100_000;
  }

  int jmsMessages() {
    return quick ? 5_000 : 60_000;
  }
}
