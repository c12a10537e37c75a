package io.openclaw.gateway.source.database;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.source.SourceCounters;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes batches out of the outbox, each in one transaction:
 *
 * <ol>
 *   <li>rows are read and locked;
 *   <li>what can never work is put aside with the reason, the rest is staged;
 *   <li>all of them are deleted, and the transaction is committed;
 *   <li>the events are shown, whatever became of the commit: if it failed, the rows come again and
 *       are duplicates.
 * </ol>
 *
 * A failure of the gateway before the staging is done leaves the rows as they are; the next batch
 * has one row, and a row alone that fails too often is put aside. Confined to the thread of the
 * reader.
 */
final class OutboxBatch {
  private static final Logger LOG = System.getLogger(OutboxBatch.class.getName());
  private static final int MAX_ATTEMPTS = 5;

  private final DatabaseSourceSettings settings;
  private final Ingest ingest;
  private final int maxPayloadBytes;
  private final SourceCounters counters;
  private int limit;
  private int attempts;

  OutboxBatch(
      DatabaseSourceSettings settings,
      Ingest ingest,
      int maxPayloadBytes,
      SourceCounters counters) {
    this.settings = settings;
    this.ingest = ingest;
    this.maxPayloadBytes = maxPayloadBytes;
    this.counters = counters;
    this.limit = settings.outbox().batchSize();
  }

  /**
   * Takes the next rows, if there are any.
   *
   * @return whether there may be more
   * @throws SQLException if the connection is of no use any more
   */
  boolean take(Connection connection, Outbox outbox) throws SQLException {
    connection.setAutoCommit(false);
    Ingest.Staged staged = null;
    try {
      List<OutboxRow> rows = outbox.read(limit);
      if (rows.isEmpty()) {
        end(connection);
        return false;
      }
      Sorted sorted = sort(rows);
      staged = sorted.staged;
      finish(connection, outbox, rows, sorted);
      return true;
    } finally {
      if (staged != null) {
        staged.settle();
        staged.results().forEach(counters::count);
      }
    }
  }

  private void finish(Connection connection, Outbox outbox, List<OutboxRow> rows, Sorted sorted)
      throws SQLException {
    for (Refused refused : sorted.refused) {
      outbox.putAside(refused.row, refused.why);
    }
    outbox.delete(rows);
    end(connection);
    limit = Math.min(limit * 2, settings.outbox().batchSize());
    attempts = 0;
    tell(sorted.refused);
  }

  private static void end(Connection connection) throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void tell(List<Refused> refused) {
    if (!refused.isEmpty()) {
      counters.deadLettered(refused.size());
      LOG.log(
          Level.WARNING,
          "{0}: put {1} rows aside, the first one with id {2}: {3}",
          settings.name(),
          refused.size(),
          String.valueOf(refused.get(0).row.id()),
          refused.get(0).why.reason());
    }
  }

  private Sorted sort(List<OutboxRow> rows) {
    try {
      return sortOnce(rows);
    } catch (RuntimeException e) {
      counters.failed();
      limit = 1;
      if (rows.size() > 1 || ++attempts < MAX_ATTEMPTS) {
        throw e;
      }
      String reason = "the gateway failed on it too often, at last with " + e;
      return new Sorted(
          null, List.of(new Refused(rows.get(0), new IngestResult.Rejected("internal", reason))));
    }
  }

  private Sorted sortOnce(List<OutboxRow> rows) {
    List<OutboxRow> usable = new ArrayList<>(rows.size());
    List<SourceEvent> events = new ArrayList<>(rows.size());
    List<Refused> refused = new ArrayList<>(0);
    for (OutboxRow row : rows) {
      Optional<IngestResult.Rejected> fault = row.fault(maxPayloadBytes);
      if (fault.isPresent()) {
        refused.add(new Refused(row, fault.get()));
      } else {
        usable.add(row);
        events.add(row.event(settings.name()));
      }
    }
    Ingest.Staged staged = ingest.stage(events);
    for (int i = 0; i < usable.size(); i++) {
      if (staged.rejection(i) instanceof IngestResult.Rejected rejected) {
        refused.add(new Refused(usable.get(i), rejected));
      }
    }
    return new Sorted(staged, refused);
  }

  /** A row that is put aside. */
  private record Refused(OutboxRow row, IngestResult.Rejected why) {}

  /** Rows told apart; nothing is staged after a failure. */
  private record Sorted(Ingest.@Nullable Staged staged, List<Refused> refused) {}
}
