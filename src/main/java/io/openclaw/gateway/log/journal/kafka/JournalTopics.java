package io.openclaw.gateway.log.journal.kafka;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes the topics of a journal, or looks whether those that are there will do. */
final class JournalTopics {
  private static final Logger LOGGER = System.getLogger(JournalTopics.class.getName());
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int ENTRY_SLACK_BYTES = 64 << 10;

  private final Admin admin;
  private final KafkaJournalSettings settings;

  JournalTopics(Admin admin, KafkaJournalSettings settings) {
    this.admin = admin;
    this.settings = settings;
  }

  /**
   * Has both topics there.
   *
   * @return the id of the topic of entries, which no other topic ever has
   * @throws IOException if that cannot be done, or they won't do
   */
  String prepare() throws IOException {
    find(settings.valuesTopic(), valuesConfig());
    TopicDescription entries = find(settings.topic(), entriesConfig());
    check(config(settings.topic()));
    return entries.topicId().toString();
  }

  /** The id of the topic of entries as it is now; empty if there is none. */
  Optional<String> currentId() throws IOException {
    return describe(settings.topic()).map(topic -> topic.topicId().toString());
  }

  private TopicDescription find(String name, Map<String, String> config) throws IOException {
    Optional<TopicDescription> there = describe(name);
    if (there.isEmpty()) {
      create(name, config);
      there = describe(name);
    }
    TopicDescription found =
        there.orElseThrow(() -> new IOException("the topic " + name + " is not there yet"));
    if (found.partitions().size() != 1) {
      throw new IOException(
          "the topic "
              + name
              + " has "
              + found.partitions().size()
              + " partitions; the log has one order and takes a topic with one");
    }
    return found;
  }

  private Optional<TopicDescription> describe(String name) throws IOException {
    try {
      return Optional.ofNullable(
          get(admin.describeTopics(List.of(name)).allTopicNames()).get(name));
    } catch (UnknownTopicOrPartitionException e) {
      return Optional.empty();
    }
  }

  private void create(String name, Map<String, String> config) throws IOException {
    Optional<Short> replicas =
        settings.replicas() == 0 ? Optional.empty() : Optional.of((short) settings.replicas());
    NewTopic topic = new NewTopic(name, Optional.of(1), replicas).configs(config);
    try {
      get(admin.createTopics(List.of(topic)).all());
      LOGGER.log(Level.INFO, "Made the topic {0} for the log", name);
    } catch (TopicExistsException e) {
      LOGGER.log(Level.DEBUG, "Another node has made the topic {0}", name);
    }
  }

  private Map<String, String> entriesConfig() {
    Map<String, String> config = common();
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(settings.maxAge().toMillis()));
    config.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(segmentMillis()));
    config.put(TopicConfig.RETENTION_BYTES_CONFIG, Long.toString(settings.maxBytes()));
    long segment = Math.max(1 << 20, Math.min(64 << 20, settings.maxBytes() / 4));
    config.put(TopicConfig.SEGMENT_BYTES_CONFIG, Long.toString(segment));
    return config;
  }

  /** Only whole segments go: a quarter of the age makes them go in time. */
  private long segmentMillis() {
    return Math.max(TimeUnit.MINUTES.toMillis(1), settings.maxAge().toMillis() / 4);
  }

  private Map<String, String> valuesConfig() {
    Map<String, String> config = common();
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    config.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(16 << 20));
    config.put(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(TimeUnit.HOURS.toMillis(1)));
    config.put(TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.2");
    return config;
  }

  private Map<String, String> common() {
    Map<String, String> config = new HashMap<>();
    config.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes()));
    if (settings.minInSyncReplicas() > 0) {
      config.put(
          TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(settings.minInSyncReplicas()));
    }
    return config;
  }

  /** What a broker has to take at once. */
  private int maxMessageBytes() {
    return Math.max(1 << 20, settings.maxEntryBytes() + ENTRY_SLACK_BYTES);
  }

  private Map<String, String> config(String name) throws IOException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    Map<ConfigResource, Config> configs = get(admin.describeConfigs(List.of(resource)).all());
    Map<String, String> values = new HashMap<>();
    configs.values().stream()
        .flatMap(config -> config.entries().stream())
        .forEach(entry -> values.put(entry.name(), String.valueOf(entry.value())));
    return values;
  }

  private void check(Map<String, String> config) throws IOException {
    if (config.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "").contains("compact")) {
      throw new IOException("the topic " + settings.topic() + " is compacted; a log is not");
    }
    long largest = Long.parseLong(config.getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "0"));
    if (largest < settings.maxEntryBytes()) {
      throw new IOException(
          "the topic "
              + settings.topic()
              + " takes messages of "
              + largest
              + " bytes (max.message.bytes); entries have up to "
              + settings.maxEntryBytes());
    }
    if (config.getOrDefault(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "").equals("true")) {
      LOGGER.log(
          Level.WARNING,
          "The topic {0} allows unclean.leader.election: entries that clients have seen can vanish",
          settings.topic());
    }
  }

  private static <T> T get(KafkaFuture<T> future) throws IOException {
    try {
      return future.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof UnknownTopicOrPartitionException unknown) {
        throw unknown;
      }
      if (cause instanceof TopicExistsException exists) {
        throw exists;
      }
      throw new IOException("Kafka: " + messageOf(cause), e);
    } catch (TimeoutException e) {
      throw new IOException("Kafka does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String messageOf(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
