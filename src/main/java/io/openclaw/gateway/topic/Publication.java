package io.openclaw.gateway.topic;

import org.jspecify.annotations.Nullable;

/**
 * One entry of the log: a draft that got its place and time. Immutable and shared by everybody who
 * receives it.
 *
 * @param offset place in the log; grows over all topics, so it is not dense for one topic
 * @param timeMillis when it was appended, in ms since the Unix epoch
 * @param topic where it was published
 * @param key the entity it is the state of, or null
 * @param payload what it carries
 * @param removed whether it says that the key is gone
 * @param trace W3C traceparent of the work that caused it, or null
 * @param origin the session that published it and does not want it back, or null
 */
public record Publication(
    long offset,
    long timeMillis,
    TopicName topic,
    @Nullable String key,
    Payload payload,
    boolean removed,
    @Nullable String trace,
    @Nullable String origin) {

  private static final int OVERHEAD_BYTES = 96;

  /** Gives {@code draft} its place in the log. */
  public static Publication of(long offset, long timeMillis, Draft draft) {
    return new Publication(
        offset,
        timeMillis,
        draft.topic(),
        draft.key(),
        draft.payload(),
        draft.removed(),
        draft.trace(),
        draft.origin());
  }

  /** Approximate size in memory, in bytes, objects included. */
  public int bytes() {
    int keyChars = key == null ? 0 : key.length();
    return OVERHEAD_BYTES + topic.toString().length() + keyChars + payload.bytes();
  }
}
