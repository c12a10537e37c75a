package io.openclaw.gateway.ingest;

import io.openclaw.gateway.topic.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An event as a source brings it, not checked yet.
 *
 * @param topic the topic's name as text; checked by {@link Ingest}
 * @param key the entity it is the state of, or null
 * @param payload what it carries
 * @param removed whether it says that the key is gone
 * @param eventId names the event for ever: the same id on the same topic within the deduplication
 *     window is published once; null means it cannot come twice
 * @param trace W3C traceparent, or null
 * @param origin the session that published it and does not want it back, or null
 */
public record SourceEvent(
    String topic,
    @Nullable String key,
    Payload payload,
    boolean removed,
    @Nullable String eventId,
    @Nullable String trace,
    @Nullable String origin) {

  /** An event of a source that is no session. */
  public SourceEvent(
      String topic,
      @Nullable String key,
      Payload payload,
      boolean removed,
      @Nullable String eventId,
      @Nullable String trace) {
    this(topic, key, payload, removed, eventId, trace, null);
  }
}
