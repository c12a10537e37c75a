package io.openclaw.gateway.request;

import java.util.concurrent.atomic.LongAdder;

/** Counts what became of requests. Thread-safe. */
final class RequestCounters {
  final LongAdder asked = new LongAdder();
  final LongAdder answered = new LongAdder();
  final LongAdder timedOut = new LongAdder();
  final LongAdder cancelled = new LongAdder();
  final LongAdder late = new LongAdder();

  Requests.Counts counts() {
    return new Requests.Counts(
        asked.sum(), answered.sum(), timedOut.sum(), cancelled.sum(), late.sum());
  }
}
