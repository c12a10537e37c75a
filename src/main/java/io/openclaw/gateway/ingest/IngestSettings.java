package io.openclaw.gateway.ingest;

import io.openclaw.gateway.topic.TopicLimits;

/**
 * The bounds of what enters.
 *
 * @param maxPayloadBytes largest payload of one event; beyond it the event is rejected
 * @param dedupIds event ids remembered; an event that comes again after so many others is not
 *     recognised
 * @param topics how long and deep topics may be
 * @param maxJsonDepth objects and arrays within each other in the data of one event
 */
public record IngestSettings(
    int maxPayloadBytes, int dedupIds, TopicLimits topics, int maxJsonDepth) {
  /** As deep as every reader of JSON takes it. */
  public static final int DEEPEST_JSON = 64;

  /** 256 KiB: several times a usual event; 100,000 ids: minutes at 1,000 events/s. */
  public static final IngestSettings DEFAULT = new IngestSettings(256 << 10, 100_000);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public IngestSettings {
    if (maxPayloadBytes < 1 || dedupIds < 1) {
      throw new IllegalArgumentException("max-payload-bytes and dedup-ids are above 0");
    }
    if (maxJsonDepth < 1 || maxJsonDepth > DEEPEST_JSON) {
      throw new IllegalArgumentException("max-json-depth is 1 to " + DEEPEST_JSON);
    }
  }

  /** With topics and JSON as deep as they may be. */
  public IngestSettings(int maxPayloadBytes, int dedupIds) {
    this(maxPayloadBytes, dedupIds, TopicLimits.DEFAULT, DEEPEST_JSON);
  }
}
