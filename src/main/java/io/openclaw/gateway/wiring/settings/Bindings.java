package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.camel.CamelSettings;
import io.openclaw.gateway.drain.DrainSettings;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogKind;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.journal.AppendSettings;
import io.openclaw.gateway.log.journal.hazelcast.QuorumRule;
import io.openclaw.gateway.log.journal.hazelcast.RingSettings;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.presence.PresenceSettings;
import io.openclaw.gateway.rest.RestSettings;
import io.openclaw.gateway.session.OutboundSettings;
import io.openclaw.gateway.session.SessionAge;
import io.openclaw.gateway.session.SessionSettings;
import io.openclaw.gateway.source.jms.JmsSettings;
import java.time.Duration;

/** One function for each settings record: which keys fill it. */
final class Bindings {
  private static final Duration MAX_DURATION = Duration.ofDays(365);
  private static final Duration MAX_SHUTDOWN = Duration.ofMinutes(5);
  private static final Duration MAX_DRAIN = Duration.ofHours(1);
  private static final Duration MAX_FLUSH_DELAY = Duration.ofMillis(20);

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

  /** Nodes of a cluster that each had a log of their own would be no cluster. */
  static LogKind logKind(SettingsReader in) {
    boolean cluster = in.flag("openclaw.cluster.enabled", false);
    return in.choice(
        "openclaw.log.type", LogKind.class, cluster ? LogKind.HAZELCAST : LogKind.MEMORY);
  }

  static AppendSettings appends(SettingsReader in) {
    AppendSettings d = AppendSettings.DEFAULT;
    String p = "openclaw.log.append.";
    return new AppendSettings(
        in.integer(p + "max-waiting", d.maxWaiting(), 1, Integer.MAX_VALUE),
        in.bytes(p + "max-waiting-bytes", d.maxWaitingBytes(), 1, Long.MAX_VALUE),
        in.bytes(p + "max-write-bytes", d.maxWriteBytes(), 1, 64L << 20),
        in.duration(p + "timeout", d.timeout(), Duration.ofMillis(100), Duration.ofMinutes(1)),
        in.integer(p + "max-ids", d.maxIds(), 1, Integer.MAX_VALUE));
  }

  /** The ring holds twice as many entries as publications are kept: every other may be its own. */
  static RingSettings ring(SettingsReader in, LogSettings log) {
    String p = "openclaw.log.hazelcast.";
    int usual = (int) Math.min(10_000_000, 2L * log.maxCount() + 1_000);
    Duration settled = Duration.ofSeconds(10);
    return new RingSettings(
        "openclaw.log",
        in.integer(p + "capacity", usual, 1_000, 100_000_000),
        in.bytes(p + "max-bytes", 512L << 20, 1 << 20, Long.MAX_VALUE),
        log.maxAge(),
        in.integer(p + "backups", 1, 1, 6),
        in.choice(p + "quorum", QuorumRule.class, QuorumRule.HALF),
        in.duration(p + "settled-after", settled, Duration.ofSeconds(1), Duration.ofHours(1)));
  }

  static IngestSettings ingest(SettingsReader in) {
    IngestSettings d = IngestSettings.DEFAULT;
    String p = "openclaw.ingest.";
    return new IngestSettings(
        in.intBytes(p + "max-payload-bytes", d.maxPayloadBytes(), 1, Integer.MAX_VALUE),
        in.integer(p + "dedup-ids", d.dedupIds(), 1, Integer.MAX_VALUE),
        LimitsBindings.topics(in),
        LimitsBindings.jsonDepth(in));
  }

  static SessionSettings session(SettingsReader in) {
    SessionSettings d = SessionSettings.DEFAULT;
    String p = "openclaw.session.";
    return new SessionSettings(
        in.duration(p + "heartbeat", d.heartbeat(), Duration.ofMillis(100), MAX_DURATION),
        in.duration(p + "auth-timeout", d.authTimeout(), Duration.ofMillis(1), MAX_DURATION),
        in.duration(p + "expiry-notice", d.expiryNotice(), Duration.ZERO, MAX_DURATION),
        in.duration(p + "message-timeout", d.messageTimeout(), Duration.ofMillis(1), MAX_DURATION),
        in.intBytes(p + "max-message-bytes", d.maxMessageBytes(), 1, 16 << 20),
        in.integer(p + "max-batch", d.maxBatch(), 1, Integer.MAX_VALUE),
        in.integer(p + "max-subscriptions", d.maxSubscriptions(), 1, Integer.MAX_VALUE),
        in.integer(p + "max-pending", d.maxPending(), 1, Integer.MAX_VALUE),
        in.integer(p + "max-malformed", d.maxMalformed(), 1, Integer.MAX_VALUE),
        in.integer(p + "max-history", d.maxHistory(), 1, Integer.MAX_VALUE),
        in.integer(p + "max-sessions", d.maxSessions(), 1, Integer.MAX_VALUE),
        new SessionAge(
            in.duration(p + "max-age", d.age().max(), Duration.ZERO, MAX_DURATION),
            in.duration(p + "max-age-jitter", d.age().jitter(), Duration.ZERO, MAX_DURATION)),
        in.integer(p + "pumps", d.pumps(), 0, 256),
        outbound(in));
  }

  private static OutboundSettings outbound(SettingsReader in) {
    OutboundSettings d = OutboundSettings.DEFAULT;
    String p = "openclaw.session.outbound.";
    return new OutboundSettings(
        in.integer(p + "max-messages", d.maxMessages(), 16, Integer.MAX_VALUE),
        in.intBytes(p + "max-bytes", d.maxBytes(), 1024, 1 << 30),
        in.duration(p + "stall-timeout", d.stallTimeout(), Duration.ofMillis(1), MAX_DURATION),
        in.duration(p + "close-timeout", d.closeTimeout(), Duration.ofMillis(1), MAX_DURATION),
        in.duration(p + "flush-delay", d.flushDelay(), Duration.ZERO, MAX_FLUSH_DELAY));
  }

  static DrainSettings drain(SettingsReader in) {
    DrainSettings d = DrainSettings.DEFAULT;
    String p = "openclaw.drain.";
    return new DrainSettings(
        in.duration(p + "delay", d.delay(), Duration.ZERO, MAX_DRAIN),
        in.duration(p + "duration", d.duration(), Duration.ZERO, MAX_DRAIN));
  }

  static PresenceSettings presence(SettingsReader in) {
    PresenceSettings d = PresenceSettings.DEFAULT;
    String p = "openclaw.presence.";
    return new PresenceSettings(
        in.duration(p + "grace", d.grace(), Duration.ZERO, MAX_DRAIN),
        in.integer(p + "max-members", d.maxMembers(), 0, Integer.MAX_VALUE),
        in.integer(p + "max-listed", d.maxListed(), 1, Integer.MAX_VALUE),
        in.intBytes(p + "max-state-bytes", d.maxStateBytes(), 0, 1 << 16),
        in.duration(p + "state-interval", d.stateInterval(), Duration.ZERO, MAX_DRAIN));
  }

  static RestSettings rest(SettingsReader in) {
    RestSettings d = RestSettings.DEFAULT;
    String p = "openclaw.rest.";
    return new RestSettings(
        in.intBytes(p + "max-body-bytes", d.maxBodyBytes(), 1, 1 << 30),
        in.duration(p + "body-timeout", d.bodyTimeout(), Duration.ofMillis(1), MAX_DURATION),
        in.integer(p + "max-arriving", d.maxArriving(), 1, Integer.MAX_VALUE),
        in.integer(p + "max-events", d.maxEvents(), 1, Integer.MAX_VALUE),
        in.integer(p + "max-history", d.maxHistory(), 1, Integer.MAX_VALUE));
  }

  static JmsSettings jms(SettingsReader in) {
    JmsSettings d = JmsSettings.DEFAULT;
    String p = "openclaw.jms.";
    String queue = in.text(p + "queue", d.queue());
    String dead = in.text(p + "dead-letter-queue", d.deadLetterQueue());
    int deliveries = in.integer(p + "max-deliveries", d.maxDeliveries(), 1, 100);
    int batchSize = in.integer(p + "batch-size", d.batchSize(), 1, 10_000);
    return in.make(
        p + "dead-letter-queue", d, () -> new JmsSettings(queue, dead, deliveries, batchSize));
  }

  static CamelSettings camel(SettingsReader in) {
    CamelSettings d = CamelSettings.DEFAULT;
    String p = "openclaw.camel.";
    String letters = in.text(p + "dead-letters", d.deadLetters());
    if (!letters.isEmpty()) {
      in.make(p + "dead-letters", letters, () -> OutletAddress.of(letters).toString());
    }
    return new CamelSettings(
        in.path(p + "routes").orElse(null),
        in.path(p + "connectors").orElse(null),
        letters,
        in.duration(p + "shutdown", d.shutdown(), Duration.ZERO, MAX_SHUTDOWN));
  }
}
