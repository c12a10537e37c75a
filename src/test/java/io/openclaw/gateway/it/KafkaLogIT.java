package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.fake.RecordingReader;
import io.openclaw.gateway.log.Lineage.Life;
import io.openclaw.gateway.log.journal.Journal.Entry;
import io.openclaw.gateway.log.journal.Journal.Value;
import io.openclaw.gateway.log.journal.kafka.KafkaJournal;
import io.openclaw.gateway.log.journal.kafka.KafkaJournalSettings;
import io.openclaw.gateway.neighbour.KafkaServer;
import io.openclaw.gateway.neighbour.Neighbours;
import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The journal in Kafka on a real broker, which is killed, and whose topics are changed below it.
 */
@Tag("once")
class KafkaLogIT {
  private static final AtomicInteger TOPICS = new AtomicInteger();

  /** Gives up soon when the broker is away. */
  private static final Map<String, String> IMPATIENT =
      Map.of("max.block.ms", "2000", "request.timeout.ms", "1500", "delivery.timeout.ms", "3000");

  private static WorkDirectory work;
  private static KafkaServer broker;
  private static KafkaCluster cluster;
  private final String topic = "log-" + TOPICS.incrementAndGet();
  private final Deque<KafkaJournal> open = new ArrayDeque<>();

  @BeforeAll
  static void startBroker() {
    work = WorkDirectory.create();
    broker = Neighbours.kafka(work.path());
    cluster = new KafkaCluster("events", broker.bootstrapServers(), IMPATIENT);
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
    work.close();
  }

  @AfterEach
  void close() {
    open.forEach(KafkaJournal::close);
  }

  /** A journal and the one who reads it. */
  private record Opened(KafkaJournal journal, RecordingReader reader) {
    void write(String... contents) throws Exception {
      List<byte[]> entries = new ArrayList<>();
      for (String content : contents) {
        entries.add(content.getBytes(StandardCharsets.UTF_8));
      }
      journal.write(entries).get(40, TimeUnit.SECONDS);
    }

    void checkpoint(boolean whole, long upTo, Value... values) throws Exception {
      journal.checkpoint(List.of(values), whole, upTo).get(40, TimeUnit.SECONDS);
    }

    List<String> contents() {
      return List.copyOf(reader.entries().values());
    }
  }

  private Opened open() {
    KafkaJournal journal =
        new KafkaJournal(
            KafkaJournalSettings.DEFAULT.at("." + topic),
            new KafkaJournal.Clients(cluster.admin(), cluster.producer(), cluster.consumer()),
            new KafkaJournal.Parts(Thread::new, () -> true));
    open.push(journal);
    RecordingReader reader = new RecordingReader();
    journal.open(reader);
    return new Opened(journal, reader);
  }

  private Opened ready() {
    Opened opened = open();
    opened.reader.awaitReady();
    return opened;
  }

  private String name() {
    return KafkaJournalSettings.DEFAULT.topic() + "." + topic;
  }

  private static Value value(String slot, long offset, String content) {
    return new Value(slot, new Entry(offset, content.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void allNodesReadTheSameAndAfterAllWereStoppedItIsThere() throws Exception {
    Opened one = ready();
    Opened other = ready();
    one.write("a", "b");
    other.write("c");
    one.write("d");
    one.reader.awaitCount(4);
    other.reader.awaitCount(4);
    assertEquals(List.of("a", "b", "c", "d"), one.contents());
    assertEquals(one.reader.entries(), other.reader.entries());
    assertEquals(1, one.reader.entries().firstKey());
    one.journal.close();
    other.journal.close();
    Opened later = ready();
    assertEquals(one.reader.entries(), later.reader.entries());
    assertEquals(one.reader.lineage(), later.reader.lineage());
  }

  @Test
  void goesOnWhereItWasWhenTheBrokerWasKilled() throws Exception {
    Opened opened = ready();
    opened.write("before");
    broker.kill();
    CompletableFuture<Void> meanwhile =
        opened.journal.write(List.of("meanwhile".getBytes(StandardCharsets.UTF_8)));
    opened.reader.awaitObstacle("Kafka");
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> opened.write("refused"));
    assertTrue(String.valueOf(refused.getMessage()).contains("Kafka"));
    assertThrows(ExecutionException.class, () -> meanwhile.get(40, TimeUnit.SECONDS));
    broker.restart();
    opened.reader.awaitReady();
    opened.write("after");
    opened.reader.awaitCount(2);
    assertEquals(1, opened.reader.begins());
    assertEquals("before", opened.contents().get(0));
    assertTrue(opened.contents().contains("after"));
  }

  @Test
  void currentValuesAreKeptBesideTheEntries() throws Exception {
    Opened opened = ready();
    opened.write("1", "2", "3", "4");
    opened.checkpoint(true, 4, value("a", 1, "A"), value("b", 2, "B"), value("c", 4, "C"));
    opened.checkpoint(false, 4, value("a", 3, "A3"), new Value("b", null));
    assertEquals(List.of("A3", "C"), ready().reader.values());
    opened.checkpoint(true, 4, value("d", 4, "D"));
    assertEquals(List.of("D"), ready().reader.values());
  }

  @Test
  void aTopicThatWasMadeAnewIsAnotherLifeWithoutTheOldValues() throws Exception {
    Opened opened = ready();
    opened.write("1", "2");
    opened.checkpoint(true, 2, value("a", 1, "A"));
    try (Admin admin = Admin.create(cluster.admin())) {
      admin.deleteTopics(List.of(name())).all().get(20, TimeUnit.SECONDS);
    }
    opened.reader.awaitBegins(2).awaitReady();
    Opened later = ready();
    assertEquals(List.of(), later.contents());
    assertEquals(List.of(), later.reader.values());
    assertEquals(List.of(), later.reader.lineage().former());
    assertEquals(opened.reader.lineage(), later.reader.lineage());
    assertNotEquals(opened.reader.lineage().epoch(), "");
  }

  @Test
  void entriesThatVanishedAreMissedByTheCheckpoint() throws Exception {
    Opened opened = ready();
    opened.write("1", "2");
    opened.checkpoint(true, 7, value("a", 1, "A"));
    String epoch = opened.reader.lineage().epoch();
    opened.journal.close();
    Opened later = ready();
    assertEquals(List.of(new Life(epoch, 2)), later.reader.lineage().former());
    assertEquals(List.of("1", "2"), later.contents());
    later.write("3");
    Opened third = ready();
    assertEquals(later.reader.lineage(), third.reader.lineage());
  }

  @Test
  void whatTheRetentionHasTakenIsBelowTheFloor() throws Exception {
    Opened opened = ready();
    opened.write("1", "2", "3");
    try (Admin admin = Admin.create(cluster.admin())) {
      admin
          .deleteRecords(Map.of(new TopicPartition(name(), 0), RecordsToDelete.beforeOffset(2)))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
    Opened later = ready();
    assertEquals(2, later.reader.floor());
    assertEquals(List.of("3"), later.contents());
    assertEquals(opened.reader.lineage(), later.reader.lineage());
  }

  @Test
  void refusesATopicWithSeveralPartitions() throws Exception {
    try (Admin admin = Admin.create(cluster.admin())) {
      admin
          .createTopics(List.of(new NewTopic(name(), 2, (short) 1)))
          .all()
          .get(20, TimeUnit.SECONDS);
    }
    open().reader.awaitObstacle("has 2 partitions");
  }

  @Test
  void takesManyEntriesAtOnceInTheirOrder() throws Exception {
    Opened opened = ready();
    String[] contents = IntStream.range(0, 4_000).mapToObj(i -> "e" + i).toArray(String[]::new);
    long since = System.nanoTime();
    opened.write(contents);
    opened.reader.awaitCount(4_000);
    assertEquals(List.of(contents), opened.contents());
    assertTrue(Duration.ofNanos(System.nanoTime() - since).toSeconds() < 20);
  }
}
