package io.openclaw.gateway.source.database;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.topic.Publication;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final String TRIGGERS =
      "SELECT tgname FROM pg_trigger WHERE tgrelid = 'orders'::regclass AND NOT tgisinternal"
          + " ORDER BY tgname";

  private TestDatabase database;
  private ListenerFixture gateway;

  @BeforeEach
  void createTable() throws SQLException {
    database = TestDatabase.create();
    gateway = ListenerFixture.create();
    database.run("CREATE TABLE orders (id text, region text, amount numeric)");
  }

  @AfterEach
  void stopListeners() {
    gateway.close();
  }

  private ListenerFixture.Node watch(String topic, @Nullable String key) {
    return gateway.start(
        database.settings(ListenerFixture.OUTBOX, new WatchSettings("orders", topic, key)));
  }

  @Test
  void insertUpdateAndDeleteArriveWithTheRowBeforeAndAfter() throws SQLException {
    watch("orders/{id}", "id");
    database.run(
        "INSERT INTO orders VALUES ('1', 'eu', 2.50)",
        "UPDATE orders SET amount = 3",
        "DELETE FROM orders");
    gateway.awaitCount(3);
    String before = "{\"id\": \"1\", \"amount\": 2.50, \"region\": \"eu\"}";
    String after = "{\"id\": \"1\", \"amount\": 3, \"region\": \"eu\"}";
    assertEquals(
        List.of(
            "orders/1={\"op\": \"insert\", \"row\": " + before + ", \"before\": null}",
            "orders/1={\"op\": \"update\", \"row\": " + after + ", \"before\": " + before + "}",
            "orders/1={\"op\": \"delete\", \"row\": " + after + ", \"before\": " + after + "}"),
        gateway.texts());
    assertEquals(
        List.of(false, false, true),
        gateway.published().stream().map(Publication::removed).toList());
    assertEquals("1", gateway.published().get(0).key());
  }

  @Test
  void aRolledBackChangeSendsNothing() throws SQLException {
    watch("orders/{id}", "id");
    try (Connection connection = database.begin()) {
      TestDatabase.run(connection, "INSERT INTO orders VALUES ('undone')");
      connection.rollback();
    }
    database.run("INSERT INTO orders VALUES ('done')");
    gateway.awaitCount(1);
    assertEquals("orders/done", gateway.published().get(0).topic().toString());
  }

  @Test
  void everyRowOfAStatementArrives() throws SQLException {
    watch("orders/{id}", "id");
    database.run("INSERT INTO orders SELECT n FROM generate_series(1, 1200) n");
    gateway.awaitCount(1200);
    assertEquals("orders/1200", gateway.published().get(1199).topic().toString());
  }

  @Test
  void aValueStaysWithinItsLevel() throws SQLException {
    watch("orders/{region}/{id}/x", null);
    database.run("INSERT INTO orders VALUES ('a/b+c#d%', 'Köln')");
    gateway.awaitCount(1);
    assertEquals("orders/Köln/a%2Fb%2Bc%23d%25/x", gateway.published().get(0).topic().toString());
  }

  @Test
  void aRowWhoseTopicIsEmptyIsPutAsideAndTheWriterDoesNotNotice() throws SQLException {
    ListenerFixture.Node node = watch("orders/{region}", null);
    database.run(
        "INSERT INTO orders VALUES ('1', NULL), ('2', ''), ('3', 'eu')",
        "INSERT INTO orders VALUES ('4', repeat('x', 300))");
    gateway.awaitCount(1);
    await().until(() -> node.counts().deadLettered() == 3);
    assertEquals(4, database.texts("SELECT id FROM orders").size());
    assertEquals(1, gateway.published().size());
  }

  @Test
  void theOldKeyIsRemovedWhenARowChangesItsKey() throws SQLException {
    watch("orders", "id");
    database.run("INSERT INTO orders VALUES ('1')", "UPDATE orders SET id = '2'");
    gateway.awaitCount(3);
    Publication removal = gateway.published().get(1);
    assertEquals("1", removal.key());
    assertTrue(removal.removed());
    assertEquals("2", gateway.published().get(2).key());
    assertFalse(gateway.published().get(2).removed());
  }

  @Test
  void theTriggerStaysTheSameOverARestartAndIsReplacedByOtherSettings() throws SQLException {
    String oids = "SELECT oid FROM pg_trigger WHERE tgrelid = 'orders'::regclass";
    watch("orders/{id}", "id").stop();
    List<String> first = database.texts(oids);
    watch("orders/{id}", "id").stop();
    assertEquals(first, database.texts(oids));
    watch("bestellungen/{id}", "id");
    assertEquals(1, database.texts(oids).size());
    database.run("INSERT INTO orders VALUES ('1')");
    gateway.awaitCount(1);
    assertEquals("bestellungen/1", gateway.published().get(0).topic().toString());
  }

  @Test
  void onlyItsOwnTriggerGoesWithTheWatch() throws SQLException {
    database.run(
        "CREATE FUNCTION foreign_trigger() RETURNS trigger LANGUAGE plpgsql AS"
            + " 'BEGIN RETURN NULL; END'",
        "CREATE TRIGGER openclaw_watch_mine AFTER INSERT ON orders"
            + " FOR EACH ROW EXECUTE FUNCTION foreign_trigger()");
    watch("orders/{id}", "id").stop();
    assertEquals(2, database.texts(TRIGGERS).size());
    gateway.start(database.settings(ListenerFixture.OUTBOX)).stop();
    assertEquals(List.of("openclaw_watch_mine"), database.texts(TRIGGERS));
  }

  @Test
  void namesAreFoundAsWrittenElseInLowerCase() throws SQLException {
    database.run("CREATE TABLE \"Mixed\" (\"Id\" int, lower int)");
    gateway.start(
        database.settings(
            ListenerFixture.OUTBOX,
            new WatchSettings("Mixed", "m/{Id}/{LOWER}", "Id"),
            new WatchSettings("ORDERS", "o'o/{ID}", null)));
    database.run("INSERT INTO \"Mixed\" VALUES (1, 2)", "INSERT INTO orders VALUES ('3')");
    gateway.awaitCount(2);
    assertEquals("m/1/2", gateway.published().get(0).topic().toString());
    assertEquals("o'o/3", gateway.published().get(1).topic().toString());
  }

  @Test
  void aWatchThatCannotBeDoesNotStopTheOthers() throws SQLException {
    ListenerFixture.Node node =
        gateway.start(
            database.settings(
                ListenerFixture.OUTBOX,
                new WatchSettings("missing", "m", null),
                new WatchSettings("orders", "orders/{id}", "id")));
    assertEquals("watch of missing: the table does not exist", node.listener().state().reason());
    database.run("INSERT INTO orders VALUES ('1')");
    gateway.awaitCount(1);
  }
}
