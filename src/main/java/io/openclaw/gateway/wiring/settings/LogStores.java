package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.log.LogKind;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.journal.file.FileJournalSettings;
import io.openclaw.gateway.log.journal.file.Fsync;
import io.openclaw.gateway.log.journal.kafka.KafkaJournalSettings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where logs are kept that outlive a node.
 *
 * @param file in files; each space has a directory below this one
 * @param kafkaCluster the cluster in {@code openclaw.yaml} that has the topics
 * @param kafka in a topic; that of each space but the default one has its name behind it
 */
public record LogStores(FileJournalSettings file, String kafkaCluster, KafkaJournalSettings kafka) {
  private static final Duration MAX_DURATION = Duration.ofDays(3650);
  private static final Duration MAX_INTERVAL = Duration.ofSeconds(10);
  private static final int MAX_SEGMENT_BYTES = 1 << 30;
  private static final int MAX_REPLICAS = 100;
  private static final int ENTRY_SLACK_BYTES = 64 << 10;
  private static final String TYPE = "openclaw.log.type";
  private static final String FILE = "openclaw.log.file.";
  private static final String KAFKA = "openclaw.log.kafka.";

  static LogStores read(SettingsReader in, LogKind kind, LogSettings bounds, int maxPayloadBytes) {
    int maxEntryBytes = maxPayloadBytes + ENTRY_SLACK_BYTES;
    String cluster = in.text(KAFKA + "cluster", "");
    if (kind == LogKind.KAFKA && cluster.isEmpty()) {
      in.fault(KAFKA + "cluster", "is needed with " + TYPE + " = kafka");
    }
    return new LogStores(file(in, kind, bounds, maxEntryBytes), cluster, kafka(in, maxEntryBytes));
  }

  private static FileJournalSettings file(
      SettingsReader in, LogKind kind, LogSettings bounds, int maxEntryBytes) {
    Path directory = in.path(FILE + "directory").orElse(null);
    if (kind == LogKind.FILE && directory == null) {
      in.fault(FILE + "directory", "is needed with " + TYPE + " = file");
    }
    int segmentBytes =
        in.intBytes(
            FILE + "segment-bytes",
            FileJournalSettings.DEFAULT_SEGMENT_BYTES,
            FileJournalSettings.MIN_SEGMENT_BYTES,
            MAX_SEGMENT_BYTES);
    if (kind == LogKind.FILE && segmentBytes < maxEntryBytes) {
      in.fault(
          FILE + "segment-bytes",
          "must be larger than openclaw.ingest.max-payload-bytes by " + ENTRY_SLACK_BYTES);
    }
    return new FileJournalSettings(
        directory == null ? Path.of("") : directory,
        in.choice(FILE + "fsync", Fsync.class, Fsync.ALWAYS),
        in.duration(
            FILE + "fsync-interval",
            FileJournalSettings.DEFAULT_INTERVAL,
            Duration.ofMillis(1),
            MAX_INTERVAL),
        segmentBytes,
        bounds.maxCount(),
        in.bytes(FILE + "max-bytes", FileJournalSettings.DEFAULT_MAX_BYTES, 1, Long.MAX_VALUE),
        bounds.maxAge());
  }

  private static KafkaJournalSettings kafka(SettingsReader in, int maxEntryBytes) {
    KafkaJournalSettings d = KafkaJournalSettings.DEFAULT;
    String topic = in.text(KAFKA + "topic", d.topic());
    int replicas = in.integer(KAFKA + "replicas", d.replicas(), 0, MAX_REPLICAS);
    int inSync = in.integer(KAFKA + "min-in-sync-replicas", d.minInSyncReplicas(), 0, MAX_REPLICAS);
    Duration maxAge =
        in.duration(KAFKA + "max-age", d.maxAge(), Duration.ofSeconds(1), MAX_DURATION);
    long maxBytes = in.bytes(KAFKA + "max-bytes", d.maxBytes(), 1 << 20, Long.MAX_VALUE);
    return in.make(
        KAFKA + "topic",
        d,
        () -> new KafkaJournalSettings(topic, replicas, inSync, maxAge, maxBytes, maxEntryBytes));
  }
}
