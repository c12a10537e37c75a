package io.openclaw.gateway.topic;

import org.jspecify.annotations.Nullable;

/**
 * A publication that has no place in the log yet.
 *
 * @param topic where it goes
 * @param key the entity it is the state of, or null: retained values and conflation go by topic and
 *     key
 * @param payload what it carries; {@link Payload#NONE} for a removal
 * @param removed whether it says that the key is gone
 * @param trace W3C traceparent of the work that caused it, or null
 * @param origin the session that published it and does not want it back, or null
 * @param eventId names the event for ever, or null: a log with several writers takes the same one
 *     on the same topic once
 */
public record Draft(
    TopicName topic,
    @Nullable String key,
    Payload payload,
    boolean removed,
    @Nullable String trace,
    @Nullable String origin,
    @Nullable String eventId) {

  /** An event that cannot come twice. */
  public Draft(
      TopicName topic,
      @Nullable String key,
      Payload payload,
      boolean removed,
      @Nullable String trace,
      @Nullable String origin) {
    this(topic, key, payload, removed, trace, origin, null);
  }
}
