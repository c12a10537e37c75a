package io.openclaw.gateway.forward;

import io.openclaw.gateway.ingest.IngestResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Remembers what became of the events seen last, by their ids, so that one that its sender repeats
 * is not sent again. Bounded by count; the oldest goes first. Thread-safe, guarded by itself.
 */
final class Outcomes {
  private final Map<String, CompletableFuture<IngestResult>> known;

  Outcomes(int maxIds) {
    this.known =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(
              Map.Entry<String, CompletableFuture<IngestResult>> eldest) {
            return size() > maxIds;
          }
        };
  }

  /**
   * The outcome of the event with this id if it is known or under way; else {@code outcome}, which
   * is remembered. One that failed is as good as none: it may be tried again.
   */
  synchronized CompletableFuture<IngestResult> join(
      String id, CompletableFuture<IngestResult> outcome) {
    CompletableFuture<IngestResult> before = known.get(id);
    if (before != null && !before.isCompletedExceptionally()) {
      return before;
    }
    known.put(id, outcome);
    return outcome;
  }
}
