package io.openclaw.gateway.source.camel;

/**
 * What an {@code openclaw:} endpoint is told.
 *
 * @param topic the template of a topic, or a pattern
 * @param key the template of the key; empty: the header counts
 * @param eventId the template of the event id; empty: the header counts
 * @param removed whether it says that the key is gone
 * @param format what becomes of the body
 * @param start where a consumer begins that never read: {@code latest} or {@code earliest}
 */
record EndpointOptions(
    String topic, String key, String eventId, boolean removed, BodyFormat format, String start) {
  static final String LATEST = "latest";
  private static final String EARLIEST = "earliest";

  EndpointOptions {
    if (topic.isEmpty()) {
      throw new IllegalArgumentException("openclaw: needs a topic, or a pattern such as orders/#");
    }
    if (!start.equals(LATEST) && !start.equals(EARLIEST)) {
      throw new IllegalArgumentException("start = \"" + start + "\": allowed is latest, earliest");
    }
  }

  /** Whether a consumer that never read begins with what is retained. */
  boolean fromEarliest() {
    return start.equals(EARLIEST);
  }
}
