package io.openclaw.gateway.source.database;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.source.InterceptedLog;
import io.openclaw.gateway.source.SourceCounters.Counts;
import io.openclaw.gateway.source.SourceState.Status;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DatabaseFaultTest {
  private static final String THREE_ROWS =
      "INSERT INTO openclaw_outbox (topic, data) VALUES ('a', '1'), ('b', '2'), ('a', '3')";

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

  @Test
  void losesAndDoublesNothingWhenTheConnectionEndsBetweenReadingAndCommit() throws SQLException {
    AtomicInteger calls = new AtomicInteger();
    gateway =
        ListenerFixture.create(
            log -> new InterceptedLog(log, () -> terminateOnFirst(calls.incrementAndGet())));
    ListenerFixture.Node node = gateway.start(database.settings(ListenerFixture.OUTBOX));
    database.run(THREE_ROWS);
    gateway.awaitCount(3);
    await().until(() -> node.counts().duplicates() == 3);
    node.awaitStatus(Status.UP);
    assertEquals(List.of("a=1", "b=2", "a=3"), gateway.texts());
    assertEquals(new Counts(3, 3, 0, 0, 0), node.counts());
  }

  private void terminateOnFirst(int call) {
    if (call != 1) {
      return;
    }
    try {
      database.terminateListeners();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void triesAgainWhatTheGatewayFailedOn() throws SQLException {
    AtomicInteger calls = new AtomicInteger();
    gateway =
        ListenerFixture.create(
            log -> new InterceptedLog(log, () -> failUntil(calls.incrementAndGet(), 3)));
    ListenerFixture.Node node = gateway.start(database.settings(ListenerFixture.OUTBOX));
    database.run(THREE_ROWS);
    gateway.awaitCount(3);
    assertEquals(List.of("a=1", "b=2", "a=3"), gateway.texts());
    assertEquals(2, node.counts().failures());
  }

  @Test
  void putsARowAsideThatTheGatewayAlwaysFailsOn() throws SQLException {
    AtomicInteger calls = new AtomicInteger();
    gateway =
        ListenerFixture.create(
            log -> new InterceptedLog(log, () -> failUntil(calls.incrementAndGet(), 6)));
    ListenerFixture.Node node = gateway.start(database.settings(ListenerFixture.OUTBOX));
    database.run("INSERT INTO openclaw_outbox (topic, data) VALUES ('bad', '1')");
    await().until(() -> node.counts().deadLettered() == 1);
    database.run("INSERT INTO openclaw_outbox (topic, data) VALUES ('good', '2')");
    gateway.awaitCount(1);
    assertEquals(List.of("good=2"), gateway.texts());
    assertEquals(List.of("internal"), database.texts("SELECT code FROM openclaw_outbox_dead"));
  }

  private static void failUntil(int call, int good) {
    if (call < good) {
      throw new IllegalStateException("a fault of the gateway");
    }
  }

  @Test
  void anotherNodeReadsOnWhenTheReaderEnds() throws SQLException {
    DatabaseSourceSettings settings = database.settings(ListenerFixture.OUTBOX);
    ListenerFixture.Node first = gateway.start(settings);
    ListenerFixture.Node second = gateway.launch(settings);
    second.awaitStatus(Status.STANDBY);
    database.run(THREE_ROWS);
    gateway.awaitCount(3);
    assertEquals(0, second.counts().accepted());
    first.stop();
    database.run(THREE_ROWS);
    gateway.awaitCount(6);
    second.awaitStatus(Status.UP);
    assertEquals(3, second.counts().accepted());
  }

  @Test
  void oneOfTheNodesReadsOnWhenAllConnectionsEnd() throws SQLException {
    DatabaseSourceSettings settings = database.settings(ListenerFixture.OUTBOX);
    gateway.start(settings);
    gateway.launch(settings).awaitStatus(Status.STANDBY);
    for (int n = 1; n <= 5; n++) {
      database.terminateListeners();
      database.run(THREE_ROWS);
      gateway.awaitCount(3 * n);
    }
    assertEquals(15, gateway.published().size());
  }
}
