package io.openclaw.gateway.source;

import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a source has received: the event that it makes, or why it can never make one.
 *
 * @param original as the source received it; what is put aside
 * @param event the event, or null
 * @param fault why there is none, or null
 */
public record Arrival<R>(
    R original, @Nullable SourceEvent event, IngestResult.@Nullable Rejected fault) {

  /** One that makes {@code event}. */
  public static <R> Arrival<R> of(R original, SourceEvent event) {
    return new Arrival<>(original, Objects.requireNonNull(event), null);
  }

  /**
   * One that can never make an event.
   *
   * @param code {@code bad_request}, {@code too_large} or {@code unsupported}
   * @param reason what was wrong and what is allowed
   */
  public static <R> Arrival<R> unusable(R original, String code, String reason) {
    return new Arrival<>(original, null, new IngestResult.Rejected(code, reason));
  }
}
