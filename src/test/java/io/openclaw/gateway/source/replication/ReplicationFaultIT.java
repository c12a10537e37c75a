package io.openclaw.gateway.source.replication;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.source.database.WatchSettings;
import io.openclaw.gateway.source.replication.CounterCheck.Count;
import io.openclaw.gateway.topic.Publication;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cuts connections and kills the server while rows are read. Needs no application server. */
@Tag("once")
class ReplicationFaultIT {
  private static final int CHANGES = 10_000;
  private static final int CHANGES_IN_TRANSACTION = 10;
  private static final List<String> TABLES = List.of("one", "two", "three");

  private static ReplicationServer server;
  private final ReplicationFixture gateway = ReplicationFixture.create();

  @BeforeAll
  static void startServer() {
    server =
        ReplicationServer.start(
            Map.of(
                "max_slot_wal_keep_size", "256MB", "min_wal_size", "32MB", "max_wal_size", "64MB"));
  }

  @AfterAll
  static void stopServer() throws IOException {
    server.close();
  }

  @AfterEach
  void stopSources() {
    gateway.close();
  }

  private static WatchSettings watch(String table) {
    return new WatchSettings(table, table + "/{id}", "id");
  }

  @Test
  void eachChangeArrivesOnceInOrderThoughTheServerIsKilled() throws Exception {
    for (String table : TABLES) {
      server.run(
          "CREATE TABLE " + table + " (id int PRIMARY KEY, n int)",
          "INSERT INTO " + table + " SELECT id, 0 FROM generate_series(1, 20) id");
    }
    WatchSettings[] watches =
        TABLES.stream().map(ReplicationFaultIT::watch).toArray(WatchSettings[]::new);
    ReplicationFixture.Node node = gateway.start(server.settings("killed", false, watches));
    CompletableFuture<Void> writing = CompletableFuture.runAsync(ReplicationFaultIT::writeAll);
    for (int kill = 1; kill <= 2; kill++) {
      gateway.awaitCount(kill * CHANGES / 3);
      server.kill();
      server.restart();
      node.awaitStatus(Status.UP);
    }
    writing.join();
    Map<String, Integer> expected = expected();
    int changes = expected.values().stream().mapToInt(Integer::intValue).sum();
    gateway.awaitCount(changes);
    node.awaitNoLag();
    assertEquals(List.of(), CounterCheck.faults(expected, counts()));
  }

  private static List<Count> counts(List<Publication> publications) {
    List<Count> counts = new ArrayList<>();
    for (Publication each : publications) {
      int n = ReplicationFixture.json(ReplicationFixture.data(each)).asJsonObject().getInt("n");
      counts.add(new Count(each.topic().toString(), n));
    }
    return counts;
  }

  private List<Count> counts() {
    return counts(gateway.published());
  }

  private static Map<String, Integer> expected() throws SQLException {
    Map<String, Integer> expected = new HashMap<>();
    for (String table : TABLES) {
      for (String row : server.texts("SELECT id || '=' || n FROM " + table)) {
        String[] parts = row.split("=", -1);
        expected.put(table + "/" + parts[0], Integer.parseInt(parts[1]));
      }
    }
    return expected;
  }

  /** Counts rows up; a transaction that failed is given up, whatever became of it. */
  private static void writeAll() {
    Random random = new Random(5);
    int left = CHANGES / CHANGES_IN_TRANSACTION;
    while (left > 0) {
      try (Connection connection = server.connect()) {
        connection.setAutoCommit(false);
        while (left > 0) {
          left--;
          write(connection, random);
        }
      } catch (SQLException e) {
        await().pollDelay(Duration.ofMillis(20)).until(() -> true);
      }
    }
  }

  private static void write(Connection connection, Random random) throws SQLException {
    for (int i = 0; i < CHANGES_IN_TRANSACTION; i++) {
      String table = TABLES.get(random.nextInt(TABLES.size()));
      ReplicationServer.run(
          connection, "UPDATE " + table + " SET n = n + 1 WHERE id = " + (1 + random.nextInt(20)));
    }
    connection.commit();
  }

  @Test
  void aLargeTransactionThatIsCutArrivesOnceInOrder() throws SQLException {
    int rows = 30_000;
    server.run("CREATE TABLE huge (id int PRIMARY KEY)");
    try (ReplicationFixture forgetful = ReplicationFixture.createForgetful()) {
      forgetful.start(server.settings("huge", false, watch("huge")));
      server.run("INSERT INTO huge SELECT generate_series(1, " + rows + ")");
      for (int cut = 1; cut <= 3; cut++) {
        forgetful.awaitCount(cut * rows / 4);
        server.cutSources();
      }
      forgetful.awaitCount(rows);
      assertEquals(
          IntStream.rangeClosed(1, rows).mapToObj(id -> "huge/" + id).toList(),
          forgetful.published().stream().map(each -> each.topic().toString()).toList());
    }
  }

  @Test
  void snapshotAndStreamTogetherGiveTheTableThoughItChangesMeanwhile() throws SQLException {
    server.run(
        "CREATE TABLE moment (id int PRIMARY KEY, n int)",
        "INSERT INTO moment SELECT id, 0 FROM generate_series(1, 20000) id");
    gateway.launch(server.settings("moment", true, watch("moment")));
    try (Connection connection = server.connect()) {
      for (int i = 1; i <= 200; i++) {
        ReplicationServer.run(
            connection, "UPDATE moment SET n = n + 1 WHERE id % 200 = " + i % 200);
        ReplicationServer.run(connection, "DELETE FROM moment WHERE id = " + i * 7);
        ReplicationServer.run(connection, "INSERT INTO moment VALUES (" + (30_000 + i) + ", 1)");
      }
      ReplicationServer.run(connection, "INSERT INTO moment VALUES (99999, 9)");
    }
    await()
        .atMost(ReplicationFixture.LIMIT)
        .until(() -> gateway.count() > 0 && last().topic().toString().equals("moment/99999"));
    assertEquals(server.rows("moment"), gateway.state());
  }

  @Test
  void aSnapshotThatIsCutBeginsAgainAndPublishesRowsOnce() throws SQLException {
    int rows = 20_000;
    server.run(
        "CREATE TABLE cut (id int PRIMARY KEY, n int)",
        "INSERT INTO cut SELECT id, 0 FROM generate_series(1, " + rows + ") id");
    gateway.launch(server.settings("cut", true, watch("cut")));
    gateway.awaitCount(rows / 4);
    server.cutSources();
    server.run("UPDATE cut SET n = 1 WHERE id = 1");
    gateway.awaitCount(rows / 2);
    server.cutSources();
    server.run("UPDATE cut SET n = 0 WHERE id = 1", "INSERT INTO cut VALUES (99999, 9)");
    await()
        .atMost(ReplicationFixture.LIMIT)
        .until(() -> gateway.state().containsKey("cut/99999 99999"));
    assertEquals(server.rows("cut"), gateway.state());
    long others =
        gateway.published().stream()
            .filter(each -> !each.topic().toString().equals("cut/1"))
            .count();
    assertEquals(rows, others);
  }

  @Test
  void doesNotPublishATableWhoseUpdatesWouldFail() throws SQLException {
    server.run("CREATE TABLE keyless (id int)", "CREATE TABLE keyed (id int PRIMARY KEY)");
    ReplicationFixture.Node node =
        gateway.start(server.settings("keyless", true, watch("keyless"), watch("keyed")));
    node.awaitRemark("public.keyless has neither primary key nor replica identity");
    server.run(
        "INSERT INTO keyless VALUES (1)",
        "UPDATE keyless SET id = 2",
        "INSERT INTO keyed VALUES (1)");
    gateway.awaitCount(1);
    assertEquals(server.rows("keyed"), gateway.state());
    server.run("ALTER TABLE keyless ADD PRIMARY KEY (id)");
    node.awaitRemark("");
    await().atMost(ReplicationFixture.LIMIT).until(() -> node.source().state().reason().isEmpty());
    server.run("INSERT INTO keyless VALUES (3)");
    gateway.awaitCount(2);
  }

  @Test
  void beginsAgainWithASnapshotWhenTheServerHasGivenItsSlotUp() throws SQLException {
    server.run("CREATE TABLE lost (id int PRIMARY KEY)", "INSERT INTO lost VALUES (1)");
    ReplicationSettings settings = server.settings("lost", true, watch("lost"));
    ReplicationFixture.Node node = gateway.start(settings);
    gateway.awaitCount(1);
    node.awaitNoLag();
    node.stop();
    lose("openclaw_lost");
    server.run("INSERT INTO lost VALUES (2)");
    gateway.start(settings);
    gateway.awaitCount(2);
    server.run("INSERT INTO lost VALUES (3)");
    gateway.awaitCount(3);
    assertEquals(server.rows("lost"), gateway.state());
  }

  @Test
  void isDownWhenTheServerHasGivenItsSlotUpAndNoSnapshotIsWanted() throws SQLException {
    server.run("CREATE TABLE alone (id int PRIMARY KEY)");
    ReplicationSettings settings = server.settings("alone", false, watch("alone"));
    gateway.start(settings).stop();
    lose("openclaw_alone");
    ReplicationFixture.Node node = gateway.launch(settings);
    node.awaitStatus(Status.DOWN);
    node.awaitRemark("changes are lost");
    server.texts("SELECT pg_drop_replication_slot('openclaw_alone')");
    node.awaitStatus(Status.UP);
    server.run("INSERT INTO alone VALUES (1)");
    gateway.awaitCount(1);
  }

  /** A slot that nobody reads is lost when the log has grown by more than may be kept for it. */
  private static void lose(String slot) throws SQLException {
    server.administer("ALTER SYSTEM SET max_slot_wal_keep_size = '16MB'");
    server.administer("SELECT pg_reload_conf()");
    await().atMost(ReplicationFixture.LIMIT).until(() -> isLostAfterMoreLog(slot));
    server.administer("ALTER SYSTEM RESET max_slot_wal_keep_size");
    server.administer("SELECT pg_reload_conf()");
  }

  private static boolean isLostAfterMoreLog(String slot) throws SQLException {
    server.run("CREATE TABLE filler (id int)", "DROP TABLE filler");
    server.administer("SELECT pg_switch_wal()");
    server.administer("CHECKPOINT");
    String query = "SELECT wal_status FROM pg_replication_slots WHERE slot_name = '" + slot + "'";
    return server.texts(query).equals(List.of("lost"));
  }

  private Publication last() {
    List<Publication> all = gateway.published();
    return all.get(all.size() - 1);
  }
}
