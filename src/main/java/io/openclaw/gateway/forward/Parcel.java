package io.openclaw.gateway.forward;

import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.outlet.Outbound;
import java.util.concurrent.CompletableFuture;

/**
 * One publication on its way out.
 *
 * @param outcome completed when it is certain what became of it
 */
record Parcel(
    Forward to,
    Outbound message,
    SourceEvent event,
    long takenNanos,
    CompletableFuture<IngestResult> outcome) {

  Parcel(Forward to, Outbound message, SourceEvent event, long takenNanos) {
    this(to, message, event, takenNanos, new CompletableFuture<>());
  }

  /** Its size, for the bound of a lane. */
  int bytes() {
    return message.payload().bytes();
  }

  /** It is not published, and perhaps not sent. */
  void fail(String why) {
    outcome.completeExceptionally(UnansweredException.unavailable(why));
  }
}
