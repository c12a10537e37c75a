package io.openclaw.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.Outlets;
import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import io.openclaw.gateway.outlet.kafka.KafkaClusters;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.source.Template;
import io.openclaw.gateway.source.kafka.KafkaSource;
import io.openclaw.gateway.source.kafka.KafkaSourceSettings;
import io.openclaw.gateway.source.kafka.KafkaSourceSettings.Bounds;
import io.openclaw.gateway.source.kafka.KafkaSourceSettings.Start;
import io.openclaw.gateway.source.kafka.KafkaTopics;
import io.openclaw.gateway.source.kafka.ValueFormat;
import io.openclaw.gateway.topic.Publication;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The part of a gateway that Kafka sources need, with one real log, and clients of the broker. */
final class KafkaGateway implements AutoCloseable {
  static final Duration LIMIT = Duration.ofSeconds(60);

  private static final AtomicInteger GROUPS = new AtomicInteger();

  private final String servers;
  private final String group = "group-" + GROUPS.incrementAndGet();
  private final KafkaCluster cluster;
  private final TopicLog log =
      new MemoryTopicLog("test", LogSettings.DEFAULT, System::currentTimeMillis);
  private final Ingest ingest;
  private final KafkaClusters clusters = new KafkaClusters();
  private final Outlets outlets = new Outlets(Map.of("kafka", clusters::outlet));
  private final Deque<Source> sources = new ArrayDeque<>();

  KafkaGateway(String servers) {
    this(servers, UnaryOperator.identity());
  }

  /** With something between ingest and the log. */
  KafkaGateway(String servers, UnaryOperator<TopicLog> around) {
    this.servers = servers;
    this.cluster = new KafkaCluster("main", servers, Map.of());
    this.ingest = new Ingest(around.apply(log), new IngestSettings(10_000, 100_000));
    clusters.configure(List.of(cluster));
  }

  /** All records of one topic into the gateway's topic of the same name. */
  KafkaSourceSettings settings(String topic) {
    return settings(new KafkaTopics.Named(List.of(topic)), ValueFormat.AUTO, "");
  }

  KafkaSourceSettings settings(KafkaTopics from, ValueFormat value, String deadLetters) {
    return new KafkaSourceSettings(
        "test",
        cluster,
        from,
        group,
        Start.EARLIEST,
        Template.ofTopic("${topic}", KafkaSourceSettings.PLACES),
        null,
        value,
        Bounds.DEFAULT,
        new SourceOptions(FailurePolicy.DEFAULT, deadLetters, true, false));
  }

  /** All records of one topic, by a template and a policy. */
  KafkaSourceSettings settings(String topic, String template, FailurePolicy policy) {
    return new KafkaSourceSettings(
        "test",
        cluster,
        new KafkaTopics.Named(List.of(topic)),
        group,
        Start.EARLIEST,
        Template.ofTopic(template, KafkaSourceSettings.PLACES),
        null,
        ValueFormat.AUTO,
        Bounds.DEFAULT,
        new SourceOptions(policy, "", true, false));
  }

  /** From what comes from now on. */
  KafkaSourceSettings latest(String topic) {
    KafkaSourceSettings s = settings(topic);
    return new KafkaSourceSettings(
        s.label(),
        s.cluster(),
        s.from(),
        s.group(),
        Start.LATEST,
        s.topic(),
        s.key(),
        s.value(),
        s.bounds(),
        s.options());
  }

  /** Starts a source and returns at once. */
  Source launch(KafkaSourceSettings settings) {
    Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofMillis(500), new Random(1));
    Source source =
        source(
            settings, ingest, new SourceLoop.Parts(Thread::new, backoff, Duration.ofSeconds(10)));
    source.start();
    sources.push(source);
    return source;
  }

  /** A source that its maker starts and stops. */
  Source source(KafkaSourceSettings settings, Ingest into, SourceLoop.Parts parts) {
    return KafkaSource.of(settings, new KafkaSource.Gateway(into, clusters, outlets), parts);
  }

  /** Starts a source and returns when it has partitions. */
  Source start(KafkaSourceSettings settings) {
    Source source = launch(settings);
    await("partitions").atMost(LIMIT).until(() -> source.lag().isPresent());
    return source;
  }

  static void awaitStatus(Source source, Status status) {
    await("status " + status).atMost(LIMIT).until(() -> source.state().status() == status);
  }

  static void awaitLag(Source source, long amount) {
    await("lag " + amount)
        .atMost(LIMIT)
        .until(() -> source.lag().filter(lag -> lag.amount() == amount).isPresent());
  }

  List<Publication> published() {
    return log.readAfter(0, Integer.MAX_VALUE);
  }

  long head() {
    return log.head().offset();
  }

  void awaitCount(int count) {
    await("publication " + count).atMost(LIMIT).until(() -> head() >= count);
  }

  Outlet outlet(String address) {
    return outlets.at(OutletAddress.of(address));
  }

  KafkaProducer<byte[], byte[]> producer() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", servers);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Makes a topic; returns when its partitions take records. */
  void makeTopic(String name, int partitions) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
      Map<TopicPartition, OffsetSpec> all = new HashMap<>();
      for (int i = 0; i < partitions; i++) {
        all.put(new TopicPartition(name, i), OffsetSpec.latest());
      }
      admin.listOffsets(all).all().get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for so many records of partition 0. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
    await(count + " in " + topic).atMost(LIMIT).until(() -> read(topic).size() >= count);
    return read(topic);
  }

  /** All records that partition 0 has now. */
  List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", servers);
    TopicPartition partition = new TopicPartition(topic, 0);
    List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(read::add);
      }
    }
    return read;
  }

  /** The last header of that name as text; empty if there is none. */
  static String header(ConsumerRecord<?, ?> record, String name) {
    return record.headers().lastHeader(name) == null
        ? ""
        : new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  @Override
  public void close() {
    sources.forEach(source -> source.stop(Duration.ofSeconds(5)));
    outlets.close();
    clusters.close();
  }
}
