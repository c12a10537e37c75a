package io.openclaw.gateway.source.database;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.source.SourceCounters.Counts;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseListenerTest {
  private TestDatabase database;
  private ListenerFixture gateway;

  @BeforeEach
  void createSchema() throws SQLException {
    database = TestDatabase.create();
    gateway = ListenerFixture.create();
  }

  @AfterEach
  void stopListeners() {
    gateway.close();
  }

  private ListenerFixture.Node start() {
    return gateway.start(database.settings(ListenerFixture.OUTBOX));
  }

  private static String insert(String topic, String data) {
    return "INSERT INTO openclaw_outbox (topic, data) VALUES ('" + topic + "', '" + data + "')";
  }

  @Test
  void publishesACommittedRowAndDeletesIt() throws SQLException {
    start();
    database.run(
        "INSERT INTO openclaw_outbox (topic, key, data, traceparent)"
            + " VALUES ('a/b', 'k', '{\"x\": 1.50}', '00-aa-bb-01')");
    gateway.awaitCount(1);
    Publication publication = gateway.published().get(0);
    assertEquals("a/b", publication.topic().toString());
    assertEquals("k", publication.key());
    assertEquals("{\"x\": 1.50}", ListenerFixture.data(publication));
    assertEquals("00-aa-bb-01", publication.trace());
    await().until(() -> database.texts("SELECT id FROM openclaw_outbox").isEmpty());
  }

  @Test
  void publishesBinaryDataAndRemovals() throws SQLException {
    start();
    database.run(
        "INSERT INTO openclaw_outbox (topic, data_binary) VALUES ('bytes', '\\x0001ff')",
        "INSERT INTO openclaw_outbox (topic, key, removed) VALUES ('gone', 'k', true)");
    gateway.awaitCount(2);
    Payload.Binary bytes = (Payload.Binary) gateway.published().get(0).payload();
    assertArrayEquals(new byte[] {0, 1, -1}, bytes.content());
    assertTrue(gateway.published().get(1).removed());
    assertEquals("null", ListenerFixture.data(gateway.published().get(1)));
  }

  @Test
  void sendsNothingOfATransactionThatIsRolledBack() throws SQLException {
    start();
    try (Connection connection = database.begin()) {
      TestDatabase.run(connection, insert("undone", "1"));
      connection.rollback();
      TestDatabase.run(connection, insert("done", "2"));
      connection.commit();
    }
    gateway.awaitCount(1);
    assertEquals(List.of("done=2"), gateway.texts());
  }

  @Test
  void doesNotSkipATransactionThatCommitsLate() throws SQLException {
    start();
    try (Connection late = database.begin()) {
      TestDatabase.run(late, insert("late", "1"));
      database.run(insert("early", "2"));
      gateway.awaitCount(1);
      late.commit();
    }
    gateway.awaitCount(2);
    assertEquals(List.of("early=2", "late=1"), gateway.texts());
  }

  @Test
  void keepsTheOrderOfCommitsThatItFindsTogether() throws SQLException {
    start().stop();
    try (Connection first = database.begin();
        Connection second = database.begin()) {
      TestDatabase.run(first, insert("first", "1"));
      TestDatabase.run(second, insert("second", "1"));
      TestDatabase.run(first, insert("first", "2"));
      second.commit();
      first.commit();
    }
    start();
    gateway.awaitCount(3);
    assertEquals(List.of("second=1", "first=1", "first=2"), gateway.texts());
  }

  @Test
  void keepsTheOrderOfEachWriterUnderConcurrentTransactions() throws SQLException {
    start();
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      String topic = "writer/" + writer;
      writers.add(CompletableFuture.runAsync(() -> writeNumbers(topic, 100)));
    }
    writers.forEach(CompletableFuture::join);
    gateway.awaitCount(400);
    for (int writer = 0; writer < 4; writer++) {
      String prefix = "writer/" + writer + "=";
      List<Integer> numbers =
          gateway.texts().stream()
              .filter(text -> text.startsWith(prefix))
              .map(text -> Integer.valueOf(text.substring(prefix.length())))
              .toList();
      assertEquals(numbers.stream().sorted().distinct().toList(), numbers);
      assertEquals(100, numbers.size());
    }
  }

  private void writeNumbers(String topic, int count) {
    try (Connection connection = database.begin()) {
      for (int n = 0; n < count; n++) {
        TestDatabase.run(connection, insert(topic, String.valueOf(n)));
        if (n % 3 == 0) {
          connection.commit();
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void putsRowsAsideThatCanNeverWorkAndPublishesTheirNeighbours() throws SQLException {
    ListenerFixture.Node node = start();
    database.run(
        "INSERT INTO openclaw_outbox (topic, data, data_binary) VALUES ('before', '1', NULL),"
            + " (NULL, '2', NULL), ('a//b', '3', NULL), ('$sys/x', '4', NULL),"
            + " ('both', '5', '\\x05'), ('after', '6', NULL)",
        "INSERT INTO openclaw_outbox (topic, data) VALUES"
            + " ('large', to_jsonb(repeat('x', 100000))), ('last', '7')");
    gateway.awaitCount(3);
    assertEquals(List.of("before=1", "after=6", "last=7"), gateway.texts());
    await().until(() -> database.texts("SELECT id FROM openclaw_outbox_dead").size() == 5);
    assertEquals(
        List.of(
            "bad_request: the row has no topic, or a column that its topic needs is empty",
            "bad_request: a topic has no empty level",
            "bad_request: topics below $ belong to the gateway",
            "bad_request: the row has both data and data_binary",
            "too_large: the data has 100002 bytes; at most 1000 are allowed"),
        database.texts("SELECT code || ': ' || reason FROM openclaw_outbox_dead ORDER BY id"));
    assertEquals(new Counts(3, 0, 5, 0, 0), node.counts());
  }

  @Test
  void dropsARowWithAnEventIdThatWasPublishedBefore() throws SQLException {
    ListenerFixture.Node node = start();
    String once = "INSERT INTO openclaw_outbox (topic, data, event_id) VALUES ('a', '1', 'e1')";
    database.run(once, once, insert("a", "2"));
    gateway.awaitCount(2);
    assertEquals(List.of("a=1", "a=2"), gateway.texts());
    assertEquals(1, node.counts().duplicates());
  }

  @Test
  void isWokenUpByTheCommit() throws SQLException {
    start();
    List<Long> micros = new ArrayList<>();
    for (int n = 1; n <= 50; n++) {
      database.run(insert("a", String.valueOf(n)));
      long committed = System.nanoTime();
      int count = n;
      await()
          .pollInterval(Duration.ofMillis(1))
          .atMost(Duration.ofSeconds(20))
          .until(() -> gateway.published().size() >= count);
      micros.add((System.nanoTime() - committed) / 1000);
    }
    micros.sort(null);
    long median = micros.get(micros.size() / 2);
    System.getLogger(getClass().getName())
        .log(System.Logger.Level.INFO, "commit to log: median {0} us", median);
    assertTrue(median < 1_000_000, "median in us: " + micros);
  }

  @Test
  void readsByItselfWhereNobodyWakesItUp() throws SQLException {
    start().stop();
    database.run("DROP TRIGGER openclaw_notify ON openclaw_outbox");
    OutboxSettings polling =
        new OutboxSettings("openclaw_outbox", Duration.ofMillis(50), 500, false);
    gateway.start(database.settings(polling));
    database.run(insert("a", "1"));
    gateway.awaitCount(1);
  }

  @Test
  void isDownWithTheReasonWhileATableIsMissingThatItMayNotCreate() throws SQLException {
    OutboxSettings fixed = new OutboxSettings("events.outbox", Duration.ofMinutes(1), 500, false);
    ListenerFixture.Node node = gateway.launch(database.settings(fixed));
    node.awaitStatus(Status.DOWN);
    assertTrue(
        node.listener().state().reason().contains("\"events\".\"outbox\""),
        node.listener().state().reason());
  }

  @Test
  void readsATableThatLiesInAnotherSchema() throws SQLException {
    String schema = "other_" + System.nanoTime();
    database.run("CREATE SCHEMA " + schema);
    OutboxSettings other = new OutboxSettings(schema + ".Events", Duration.ofMinutes(1), 500, true);
    gateway.start(database.settings(other));
    database.run("INSERT INTO " + schema + ".\"Events\" (topic, data) VALUES ('a', '1')");
    gateway.awaitCount(1);
  }

  @Test
  void takesABacklogInBatches() throws SQLException {
    start().stop();
    database.run(
        "INSERT INTO openclaw_outbox (topic, data)"
            + " SELECT 'n', to_jsonb(n) FROM generate_series(1, 3000) n");
    start();
    gateway.awaitCount(3000);
    assertEquals("n=1", gateway.texts().get(0));
    assertEquals("n=3000", gateway.texts().get(2999));
  }
}
