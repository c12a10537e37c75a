package io.openclaw.gateway.ingest;

/**
 * The bounds of what enters.
 *
 * @param maxPayloadBytes largest payload of one event; beyond it the event is rejected
 * @param dedupIds event ids remembered; an event that comes again after so many others is not
 *     recognised
 */
public record IngestSettings(int maxPayloadBytes, int dedupIds) {
  /** 256 KiB: several times a usual event; 100,000 ids: minutes at 1,000 events/s. */
  public static final IngestSettings DEFAULT = new IngestSettings(256 << 10, 100_000);

  /**
   * @throws IllegalArgumentException if a bound is out of range
   */
  public IngestSettings {
    if (maxPayloadBytes < 1 || dedupIds < 1) {
      throw new IllegalArgumentException("max-payload-bytes and dedup-ids are above 0");
    }
  }
}
