package io.openclaw.gateway.log.journal.kafka;

import java.time.Duration;

/**
 * The topics of a journal. All but the names count only when the topics are made; those that are
 * there already keep what they have.
 *
 * @param topic of the entries; the current values are in {@code topic}{@value #VALUES}
 * @param replicas copies that the cluster keeps of each topic; 0 for what the brokers say
 * @param minInSyncReplicas a write counts when so many copies have it; 0 for what the brokers say
 * @param maxAge entries that are older may go
 * @param maxBytes oldest entries go beyond this
 * @param maxEntryBytes the largest entry
 */
public record KafkaJournalSettings(
    String topic,
    int replicas,
    int minInSyncReplicas,
    Duration maxAge,
    long maxBytes,
    int maxEntryBytes) {
  /** What follows the name of the topic in that of the current values. */
  public static final String VALUES = ".values";

  /** Topic {@code openclaw.log}; replicas as the brokers say; an hour, 512 MiB, 1 MiB. */
  public static final KafkaJournalSettings DEFAULT =
      new KafkaJournalSettings("openclaw.log", 0, 0, Duration.ofHours(1), 512L << 20, 1 << 20);

  /**
   * @throws IllegalArgumentException if the name is none or a bound is out of range
   */
  public KafkaJournalSettings {
    if (!topic.matches("[A-Za-z0-9._-]{1,200}")) {
      throw new IllegalArgumentException("topic has 1 to 200 of A-Z a-z 0-9 . _ -");
    }
    if (replicas < 0 || minInSyncReplicas < 0 || maxEntryBytes < 1 || maxBytes < 1) {
      throw new IllegalArgumentException("the bounds of the topic are above 0");
    }
    if (maxAge.toMillis() < 1) {
      throw new IllegalArgumentException("max-age is above 0");
    }
  }

  /** The same with a topic whose name goes on with {@code suffix}. */
  public KafkaJournalSettings at(String suffix) {
    return new KafkaJournalSettings(
        topic + suffix, replicas, minInSyncReplicas, maxAge, maxBytes, maxEntryBytes);
  }

  String valuesTopic() {
    return topic + VALUES;
  }
}
