package io.openclaw.gateway.source.database;

import io.openclaw.gateway.source.Arrival;
import io.openclaw.gateway.source.Intake;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes batches out of the outbox, each in one transaction:
 *
 * <ol>
 *   <li>rows are read and locked;
 *   <li>the intake stages them, and tells which ones are put aside, with the reason;
 *   <li>all of them are deleted, and the transaction is committed;
 *   <li>the events are shown, whatever became of the commit: if it failed, the rows come again and
 *       are duplicates.
 * </ol>
 *
 * Confined to the thread of the reader.
 */
final class OutboxBatch {
  private final DatabaseSourceSettings settings;
  private final Intake intake;

  OutboxBatch(DatabaseSourceSettings settings, Intake intake) {
    this.settings = settings;
    this.intake = intake;
  }

  /**
   * Takes the next rows, if there are any.
   *
   * @return whether there may be more
   * @throws SQLException if the connection is of no use any more
   */
  boolean take(Connection connection, Outbox outbox) throws SQLException {
    connection.setAutoCommit(false);
    List<OutboxRow> rows = outbox.read(intake.limit());
    outbox.forgetNotifications();
    if (rows.isEmpty()) {
      end(connection);
      return false;
    }
    try (Intake.Batch<OutboxRow> batch = intake.take(arrivals(rows, outbox))) {
      for (Intake.Refused<OutboxRow> refused : batch.refused()) {
        outbox.putAside(refused.original(), refused.why());
      }
      outbox.delete(rows);
      end(connection);
      batch.acknowledged();
    }
    return true;
  }

  private List<Arrival<OutboxRow>> arrivals(List<OutboxRow> rows, Outbox outbox) {
    List<Arrival<OutboxRow>> arrivals = new ArrayList<>(rows.size());
    for (OutboxRow row : rows) {
      arrivals.add(
          row.fault(outbox.maxPayloadBytes())
              .map(why -> Arrival.<OutboxRow>unusable(row, why.code(), why.reason()))
              .orElseGet(() -> Arrival.of(row, row.event(settings.database()))));
    }
    return arrivals;
  }

  private static void end(Connection connection) throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }
}
