package io.openclaw.gateway.source.replication;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.source.database.WatchSettings;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReplicationTest {
  private static final String ALL_TYPES =
      """
      CREATE TYPE mood AS ENUM ('glad', 'sad');
      CREATE DOMAIN percent AS numeric CHECK (VALUE BETWEEN 0 AND 100);
      CREATE TABLE kinds (id int PRIMARY KEY, b bool, s smallint, l bigint, f real, d float8,
        n numeric, t text, c char(5), v varchar(9), y bytea, dt date, tm time, ts timestamp,
        tz timestamptz, j json, jb jsonb, u uuid, ia int[], ta text[], ba bool[], na numeric[][],
        tza timestamptz[], m mood, p percent, pa percent[], ma mood[])""";
  private static final String ALL_VALUES =
      """
      INSERT INTO kinds VALUES
      (1, true, -3, 9007199254740993, 1.5, -2.25, 12345678901234567890.1230,
        E'a "quoted"\\nline \\u00e4 \\\\', 'ab', 'x', '\\x00ff', '2026-02-03', '04:05:06.7',
        '2026-02-03 04:05:06.789', '2026-02-03 04:05:06.789+02', '{"a": [1, null]}', '{"b":  1.50}',
        '01234567-89ab-cdef-0123-456789abcdef', '{1,NULL,3}', '{"a,b","c\\"d",NULL,"NULL",e}',
        '{t,f}', '{{1.0,2},{3,4}}', '{"2026-02-03 04:05:06+00"}', 'sad', 7.50, '{1.5,2}', '{glad}'),
      (2, NULL, NULL, NULL, 'NaN', '-Infinity', 'NaN', '', NULL, NULL, NULL, NULL, NULL,
        'infinity', '-infinity', NULL, NULL, NULL, '{}', '[0:1]={a,b}', NULL, NULL, NULL, NULL,
        NULL, NULL, NULL)""";

  private static ReplicationServer server;
  private final ReplicationFixture gateway = ReplicationFixture.create();

  @BeforeAll
  static void startServer() {
    server = ReplicationServer.start(Map.of());
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
  void publishesRowsThatAreThereAndThenEachChange() throws SQLException {
    server.run(
        "CREATE TABLE plain (id int PRIMARY KEY, name text)", "INSERT INTO plain VALUES (1, 'a')");
    gateway.launch(server.settings("plain", true, watch("plain")));
    gateway.awaitCount(1);
    server.run(
        "INSERT INTO plain VALUES (2, 'b'), (3, NULL)",
        "UPDATE plain SET name = 'c' WHERE id = 1",
        "DELETE FROM plain WHERE id = 2");
    gateway.awaitCount(5);
    assertEquals(
        List.of(
            "plain/1 1 {\"id\":1,\"name\":\"a\"}",
            "plain/2 2 {\"id\":2,\"name\":\"b\"}",
            "plain/3 3 {\"id\":3,\"name\":null}",
            "plain/1 1 {\"id\":1,\"name\":\"c\"}",
            "plain/2 2 removed"),
        gateway.texts());
  }

  @Test
  void writesEveryTypeAsTheDatabaseWritesItInJson() throws SQLException {
    server.run(ALL_TYPES.split(";"));
    server.run(ALL_VALUES);
    gateway.launch(server.settings("kinds", true, watch("kinds")));
    gateway.awaitCount(2);
    assertEquals(server.rows("kinds"), gateway.state(), "the snapshot");
    server.run("UPDATE kinds SET id = id + 10");
    gateway.awaitCount(6);
    assertEquals(server.rows("kinds"), gateway.state(), "the stream");
  }

  @Test
  void removesARowFromWhereItWasWhenItMoves() throws SQLException {
    server.run(
        "CREATE TABLE moving (id int PRIMARY KEY, region text)",
        "ALTER TABLE moving REPLICA IDENTITY FULL");
    WatchSettings watch = new WatchSettings("moving", "moving/{region}/{id}", "id");
    gateway.start(server.settings("moving", true, watch));
    server.run(
        "INSERT INTO moving VALUES (1, 'eu/west'), (2, NULL)",
        "UPDATE moving SET region = 'us' WHERE id = 1",
        "UPDATE moving SET region = 'us' WHERE id = 2",
        "DELETE FROM moving WHERE id = 1");
    gateway.awaitCount(5);
    assertEquals(
        List.of(
            "moving/eu%2Fwest/1 1 {\"id\":1,\"region\":\"eu/west\"}",
            "moving/eu%2Fwest/1 1 removed",
            "moving/us/1 1 {\"id\":1,\"region\":\"us\"}",
            "moving/us/2 2 {\"id\":2,\"region\":\"us\"}",
            "moving/us/1 1 removed"),
        gateway.texts());
    assertEquals(1, gateway.deadLetters().size(), "the row without region");
  }

  @Test
  void leavesOutLargeValuesThatDidNotChangeUnlessOldRowsAreTold() throws SQLException {
    server.run(
        "CREATE TABLE large (id int PRIMARY KEY, n int, t text)",
        "ALTER TABLE large ALTER t SET STORAGE EXTERNAL");
    gateway.start(server.settings("large", true, watch("large")));
    String text = "repeat('x', 3000)";
    server.run(
        "INSERT INTO large VALUES (1, 1, " + text + ")",
        "UPDATE large SET n = 2",
        "ALTER TABLE large REPLICA IDENTITY FULL",
        "UPDATE large SET n = 3",
        "UPDATE large SET n = 4, t = 'y'");
    gateway.awaitCount(2);
    gateway.awaitDeadLetters(2);
    assertEquals(
        List.of("large/1 1 {\"id\":1,\"n\":2}", "large/1 1 {\"id\":1,\"n\":4,\"t\":\"y\"}"),
        gateway.texts());
  }

  @Test
  void putsAsideWhatCanNeverWorkWhileTheRestFlows() throws SQLException {
    server.run("CREATE TABLE poison (id int PRIMARY KEY, region text, t text)");
    WatchSettings watch = new WatchSettings("poison", "poison/{region}", "id");
    ReplicationFixture.Node node = gateway.start(server.settings("poison", true, watch));
    node.awaitRemark("deletes come without region");
    server.run(
        "INSERT INTO poison SELECT n, CASE n % 10 WHEN 3 THEN '' WHEN 4 THEN NULL ELSE 'r' END,"
            + " CASE n % 10 WHEN 5 THEN repeat('x', 2000) ELSE 'ok' END"
            + " FROM generate_series(1, 1000) n",
        "DELETE FROM poison WHERE id = 1", "INSERT INTO poison VALUES (1001, 'r', 'last')");
    gateway.awaitCount(701);
    gateway.awaitDeadLetters(301);
    node.awaitNoLag();
    assertEquals(701, gateway.count());
    List<Outbound> letters = gateway.deadLetters();
    assertEquals(301, letters.size());
    assertEquals(100, letters.stream().filter(ReplicationTest::isTooLarge).count());
    assertEquals("public.poison", letters.get(0).properties().get("table"));
    assertTrue(
        String.valueOf(letters.get(300).properties().get("openclaw_reason"))
            .contains("REPLICA IDENTITY FULL"),
        letters.get(300).properties().toString());
    assertEquals(301, node.source().counts().deadLettered());
  }

  private static boolean isTooLarge(Outbound letter) {
    return "too_large".equals(letter.properties().get("openclaw_code"));
  }

  @Test
  void lagGrowsWhilePausedAndGoesBackToNothing() throws SQLException {
    server.run("CREATE TABLE lagging (id int PRIMARY KEY, t text)");
    ReplicationFixture.Node node =
        gateway.start(server.settings("lagging", true, watch("lagging")));
    node.awaitNoLag();
    node.source().pause();
    node.awaitStatus(Status.PAUSED);
    server.run("INSERT INTO lagging SELECT n, repeat('x', 100) FROM generate_series(1, 2000) n");
    await().atMost(ReplicationFixture.LIMIT).until(() -> node.lagBytes() > 200_000);
    assertEquals(0, gateway.count());
    node.source().resume();
    gateway.awaitCount(2000);
    node.awaitNoLag();
    assertEquals(2000, gateway.count());
  }

  @Test
  void letsGoOfTheLogOfOtherTables() throws SQLException {
    server.run(
        "CREATE TABLE quiet (id int PRIMARY KEY)",
        "CREATE TABLE busy (id int PRIMARY KEY, t text)");
    ReplicationFixture.Node node = gateway.start(server.settings("quiet", false, watch("quiet")));
    String position = server.texts("SELECT pg_current_wal_lsn()").get(0);
    server.run("INSERT INTO busy SELECT n, repeat('x', 100) FROM generate_series(1, 2000) n");
    await()
        .atMost(ReplicationFixture.LIMIT)
        .until(
            () ->
                server
                    .texts(
                        "SELECT confirmed_flush_lsn > '"
                            + position
                            + "' FROM pg_replication_slots WHERE slot_name = 'openclaw_quiet'")
                    .equals(List.of("t")));
    node.awaitNoLag();
  }

  @Test
  void anotherNodeReadsOnWhenTheReaderEnds() throws SQLException {
    server.run("CREATE TABLE shared (id int PRIMARY KEY)");
    ReplicationSettings settings = server.settings("shared", true, watch("shared"));
    ReplicationFixture.Node first = gateway.start(settings);
    ReplicationFixture.Node second = gateway.launch(settings);
    second.awaitStatus(Status.STANDBY);
    server.run("INSERT INTO shared VALUES (1)");
    gateway.awaitCount(1);
    first.stop();
    server.run("INSERT INTO shared VALUES (2)");
    gateway.awaitCount(2);
    second.awaitStatus(Status.UP);
    assertEquals(1, second.source().counts().accepted());
  }

  @Test
  void goesOnWhenItsConnectionsAreCut() throws SQLException {
    server.run("CREATE TABLE cut (id int PRIMARY KEY)");
    ReplicationSettings settings = server.settings("cut", true, watch("cut"));
    gateway.start(settings);
    for (int id = 1; id <= 5; id++) {
      server.texts(
          "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots"
              + " WHERE slot_name = 'openclaw_cut'");
      server.run("INSERT INTO cut VALUES (" + id + ")");
      gateway.awaitCount(id);
    }
    assertEquals(server.rows("cut"), gateway.state());
    assertEquals(5, gateway.count());
  }

  @Test
  void followsChangesOfTheTable() throws SQLException {
    server.run("CREATE TABLE changing (id int PRIMARY KEY, a text)");
    gateway.start(server.settings("changing", true, watch("changing")));
    server.run(
        "INSERT INTO changing VALUES (1, 'x')",
        "ALTER TABLE changing ADD b int DEFAULT 7",
        "INSERT INTO changing VALUES (2, 'y', 8)",
        "ALTER TABLE changing DROP a",
        "ALTER TABLE changing ALTER b TYPE text",
        "INSERT INTO changing VALUES (3, 'z')",
        "ALTER TABLE changing RENAME b TO c",
        "UPDATE changing SET c = 'w' WHERE id = 1");
    gateway.awaitCount(4);
    assertEquals(
        List.of(
            "changing/1 1 {\"id\":1,\"a\":\"x\"}",
            "changing/2 2 {\"id\":2,\"a\":\"y\",\"b\":8}",
            "changing/3 3 {\"id\":3,\"b\":\"z\"}",
            "changing/1 1 {\"id\":1,\"c\":\"w\"}"),
        gateway.texts());
  }

  @Test
  void readsPartitionedTablesAsOne() throws SQLException {
    server.run(
        "CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (10) TO (20)",
        "INSERT INTO parted VALUES (1), (11)");
    gateway.launch(server.settings("parted", true, watch("parted")));
    gateway.awaitCount(2);
    server.run("INSERT INTO parted VALUES (2), (12)");
    gateway.awaitCount(4);
    assertEquals(server.rows("parted"), gateway.state());
  }

  @Test
  void beginsAgainWithASnapshotAfterItsSlotIsGone() throws SQLException {
    server.run("CREATE TABLE gone (id int PRIMARY KEY)", "INSERT INTO gone VALUES (1)");
    ReplicationSettings settings = server.settings("gone", true, watch("gone"));
    ReplicationFixture.Node first = gateway.start(settings);
    gateway.awaitCount(1);
    first.awaitNoLag();
    first.stop();
    server.texts("SELECT pg_drop_replication_slot('openclaw_gone')");
    server.run("INSERT INTO gone VALUES (2)");
    gateway.start(settings);
    gateway.awaitCount(2);
    server.run("INSERT INTO gone VALUES (3)");
    gateway.awaitCount(3);
    assertEquals(server.rows("gone"), gateway.state());
    assertEquals(3, gateway.count(), "the row that is as it was is known");
  }

  @Test
  void leavesTheSlotWhereItIsWhenItEnds() throws SQLException {
    server.run("CREATE TABLE kept (id int PRIMARY KEY)");
    ReplicationSettings settings = server.settings("kept", false, watch("kept"));
    gateway.start(settings).stop();
    server.run("INSERT INTO kept VALUES (1)");
    gateway.start(settings);
    gateway.awaitCount(1);
  }
}
