package io.openclaw.gateway.source.camel;

/** The headers that the gateway reads and sets on exchanges. */
final class Headers {
  static final String PREFIX = "openclaw.";

  /** The topic; read where the endpoint names a pattern. */
  static final String TOPIC = PREFIX + "topic";

  static final String KEY = PREFIX + "key";
  static final String EVENT_ID = PREFIX + "eventId";
  static final String REMOVED = PREFIX + "removed";
  static final String TRACE_PARENT = PREFIX + "traceparent";

  /** W3C Trace Context; read where there is none of ours. */
  static final String STANDARD_TRACE_PARENT = "traceparent";

  /** Where a publication is in the log. */
  static final String OFFSET = PREFIX + "offset";

  static final String EPOCH = PREFIX + "epoch";

  /** When it was appended, in ms since the Unix epoch. */
  static final String TIME = PREFIX + "time";

  private Headers() {}
}
