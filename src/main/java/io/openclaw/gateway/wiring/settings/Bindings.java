package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogSettings;
import java.time.Duration;

/** One function for each settings record: which keys fill it. */
final class Bindings {
  private static final Duration MAX_DURATION = Duration.ofDays(365);

  private Bindings() {}

  static LogSettings log(SettingsReader in) {
    LogSettings d = LogSettings.DEFAULT;
    String p = "openclaw.log.";
    return new LogSettings(
        in.integer(p + "max-count", d.maxCount(), 1, Integer.MAX_VALUE),
        in.bytes(p + "max-bytes", d.maxBytes(), 1, Long.MAX_VALUE),
        in.duration(p + "max-age", d.maxAge(), Duration.ofMillis(1), MAX_DURATION),
        in.integer(p + "max-retained-count", d.maxRetainedCount(), 0, Integer.MAX_VALUE),
        in.bytes(p + "max-retained-bytes", d.maxRetainedBytes(), 0, Long.MAX_VALUE));
  }

  static IngestSettings ingest(SettingsReader in) {
    IngestSettings d = IngestSettings.DEFAULT;
    String p = "openclaw.ingest.";
    return new IngestSettings(
        in.intBytes(p + "max-payload-bytes", d.maxPayloadBytes(), 1, Integer.MAX_VALUE),
        in.integer(p + "dedup-ids", d.dedupIds(), 1, Integer.MAX_VALUE));
  }
}
