package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.Arrival;
import io.openclaw.gateway.source.DeadLetters;
import io.openclaw.gateway.source.Feed;
import io.openclaw.gateway.source.Intake;
import io.openclaw.gateway.source.Lag;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables by logical replication:
 *
 * <ol>
 *   <li>of all nodes the one that holds an advisory lock reads; while somebody else is at the slot,
 *       this one waits;
 *   <li>without slot, a snapshot is taken and published, and the slot made at its end; or the slot
 *       is made at once, if no snapshot is wanted;
 *   <li>a slot that the database has given up is dropped, and it begins again with a snapshot; if
 *       none is wanted, the source is down until an operator has dropped it;
 *   <li>the log is read from where the slot stands.
 * </ol>
 *
 * Confined to the thread of the source.
 */
final class ReplicationFeed implements Feed {
  private static final Logger LOG = System.getLogger(ReplicationFeed.class.getName());
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);
  private static final long TABLES_INTERVAL_NANOS = Duration.ofSeconds(10).toNanos();

  private final ReplicationSettings settings;
  private final Parts parts;
  private final ReplicationConnections connections;
  private final Connection questions;
  private final PgTypes types;
  private final RowEvents events;
  private Publication publication = new Publication(List.of(), List.of());
  private long tablesSeenNanos = System.nanoTime();
  private @Nullable Snapshot snapshot;
  private @Nullable Reader reader;
  private String lagRemark = "";

  /**
   * What outlives a connection.
   *
   * @param intake where events go
   * @param deadLetters where those go that can never work
   * @param place up to where the log was published
   */
  record Parts(Intake intake, DeadLetters deadLetters, ReadingPlace place) {}

  private record Reader(LogConnection log, ChangeStream changes, ChangeBatch batch) {}

  ReplicationFeed(ReplicationSettings settings, Parts parts) throws SQLException {
    this.settings = settings;
    this.parts = parts;
    this.connections = new ReplicationConnections(settings.database());
    this.events = new RowEvents(settings.name());
    this.questions = connections.questions();
    this.types = new PgTypes(questions);
  }

  @Override
  public Progress take() throws Exception {
    if (snapshot == null && reader == null && !join()) {
      return Progress.STANDBY;
    }
    if (snapshot != null) {
      return takeRows(snapshot);
    }
    return reader == null ? Progress.IDLE : takeChanges(reader);
  }

  private Progress takeRows(Snapshot rows) throws Exception {
    List<Arrival<Change>> arrivals = rows.read(parts.intake().limit());
    if (arrivals.isEmpty()) {
      rows.finish(questions);
      LOG.log(Level.INFO, "{0}: the snapshot is over; {1}", settings.name(), rows.remark());
      rows.close();
      snapshot = null;
      read(connections.log(ANSWER_LIMIT));
    } else {
      publish(arrivals, () -> {});
      rows.published(arrivals.size());
    }
    return Progress.BUSY;
  }

  private Progress takeChanges(Reader from) throws Exception {
    ChangeBatch batch = from.batch();
    if (!batch.gather(parts.intake().limit())) {
      batch.confirmIdle();
      return Progress.IDLE;
    }
    publish(batch.arrivals(), batch::confirm);
    Change.Place last = batch.last();
    if (last != null) {
      parts.place().done(last);
    }
    return Progress.BUSY;
  }

  private interface Acknowledgement {
    void run() throws SQLException;
  }

  private void publish(List<Arrival<Change>> arrivals, Acknowledgement acknowledgement)
      throws Exception {
    if (arrivals.isEmpty()) {
      acknowledgement.run();
      return;
    }
    try (Intake.Batch<Change> batch = parts.intake().take(arrivals)) {
      parts.deadLetters().put(batch.refused(), Change::letter);
      acknowledgement.run();
      batch.acknowledged();
    }
  }

  /** Begins to read, if it is this node's turn. */
  private boolean join() throws SQLException {
    String name = settings.slot().slot();
    if (!Slot.lock(questions, name)) {
      return false;
    }
    publication = Publication.ensure(questions, settings);
    Optional<Slot> slot = Slot.find(questions, name).filter(this::isUsable);
    if (slot.isPresent() && slot.get().active()) {
      return false;
    }
    if (slot.isEmpty() && settings.slot().snapshot()) {
      parts.place().forget();
      beginSnapshot();
      return true;
    }
    if (slot.isEmpty()) {
      parts.place().forget();
      Slot.create(questions, name);
      LOG.log(Level.INFO, "{0}: made the slot {1}, which begins now", settings.name(), name);
    }
    read(connections.log(ANSWER_LIMIT));
    return true;
  }

  /** Whether it can be read; drops one that never will again, if a snapshot replaces it. */
  private boolean isUsable(Slot slot) {
    String name = settings.slot().slot();
    if (!slot.isOurs()) {
      throw new IllegalStateException(
          "the slot " + name + " is not one of pgoutput in this database");
    }
    if (!slot.lost()) {
      return true;
    }
    if (!settings.slot().snapshot()) {
      throw new IllegalStateException(
          "the database gave the slot "
              + name
              + " up and threw away what was not read: changes are lost. To go on from now,"
              + " drop it with SELECT pg_drop_replication_slot('"
              + name
              + "')");
    }
    try {
      Slot.drop(questions, name);
    } catch (SQLException e) {
      throw new IllegalStateException("the slot " + name + " is lost: " + e.getMessage(), e);
    }
    LOG.log(
        Level.WARNING,
        "{0}: the database gave the slot {1} up and threw away what was not read; all rows are"
            + " published again, rows that were deleted meanwhile are not removed",
        settings.name(),
        name);
    return false;
  }

  private void beginSnapshot() throws SQLException {
    LOG.log(
        Level.INFO,
        "{0}: there is no slot {1}: it begins with a snapshot",
        settings.name(),
        settings.slot().slot());
    Connection log = connections.log(ANSWER_LIMIT);
    Connection rows = null;
    try {
      rows = connections.rows();
      snapshot =
          Snapshot.begin(
              settings.slot(),
              new Snapshot.Neighbour(Server.of(log).cluster(), log, rows, types),
              events,
              publication.tables());
    } finally {
      if (snapshot == null) {
        Sql.close(rows);
        Sql.close(log);
      }
    }
  }

  /** Reads the log; takes over the connection. */
  private void read(Connection log) throws SQLException {
    try {
      Server server = Server.of(log);
      parts.place().on(server.toString());
      LogConnection started = LogConnection.start(log, settings.slot());
      ChangeStream changes =
          new ChangeStream(server.cluster(), events, types, parts.place(), publication.tables());
      reader = new Reader(started, changes, new ChangeBatch(started, changes));
    } finally {
      if (reader == null) {
        Sql.close(log);
      }
    }
  }

  /**
   * Who keeps the log.
   *
   * @param cluster the same for as long as the data live
   * @param timeline changes when a standby takes over, or a backup is restored
   */
  private record Server(String cluster, int timeline) {
    static Server of(Connection log) throws SQLException {
      return Sql.query(log, row -> new Server(row.getString(1), row.getInt(2)), "IDENTIFY_SYSTEM")
          .get(0);
    }
  }

  @Override
  public void keepAlive() throws Exception {
    if (reader != null) {
      reader.log().keepAlive();
    }
  }

  @Override
  public Optional<Lag> lag() throws Exception {
    lookForTables();
    Optional<Slot> slot = Slot.find(questions, settings.slot().slot());
    long bytes = slot.map(Slot::lagBytes).orElse(0L);
    long most = settings.slot().maxLagBytes();
    lagRemark =
        most > 0 && bytes > most
            ? "the database keeps " + bytes + " bytes of log for the slot, more than max-lag-bytes"
            : "";
    return slot.map(found -> Lag.bytes(found.lagBytes()));
  }

  /** A table that was missing may be there now. */
  private void lookForTables() throws SQLException {
    long now = System.nanoTime();
    if (reader == null
        || publication.tables().size() == settings.tables().size()
        || now - tablesSeenNanos < TABLES_INTERVAL_NANOS) {
      return;
    }
    tablesSeenNanos = now;
    publication = Publication.ensure(questions, settings);
    reader.changes().watch(publication.tables());
  }

  @Override
  public String remark() {
    List<String> remarks = new ArrayList<>(publication.problems());
    if (snapshot != null) {
      remarks.add(snapshot.remark());
    }
    if (!lagRemark.isEmpty()) {
      remarks.add(lagRemark);
    }
    return String.join("; ", remarks);
  }

  @Override
  public void close() {
    Sql.close(snapshot);
    if (reader != null) {
      reader.log().close();
    }
    Sql.close(questions);
  }
}
