package io.openclaw.gateway.source.database;

import io.openclaw.gateway.ingest.IngestResult;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The statements of one outbox; the caller brings the transaction.
 *
 * <p>Rows are read in the order of their ids, whatever is committed: since they are deleted once
 * read, a transaction that commits late is not skipped, its rows are simply still there at the next
 * reading. Where the database keeps commit timestamps, the rows of one reading are put into the
 * order of their commits. Confined to the thread of the reader.
 */
final class Outbox {
  private static final long MAX_BATCH_BYTES = 8L << 20;
  private static final int FETCH_ROWS = 500;
  private static final int MAX_LAG = 100_000;
  private static final String READ =
      """
      SELECT b.id, left(b.topic, 300) AS topic, b.key, b.removed, b.event_id, b.traceparent,
        s.data_bytes,
        b.data IS NOT NULL AND b.data_binary IS NOT NULL AS has_both,
        CASE WHEN s.data_bytes <= ? THEN s.json END AS json,
        CASE WHEN s.data_bytes <= ? THEN b.data_binary END AS data_binary
      FROM (SELECT *, xmin AS writer FROM ${outbox} ORDER BY id LIMIT ? FOR UPDATE) b
      CROSS JOIN LATERAL (SELECT t.json,
          coalesce(octet_length(t.json), 0) + coalesce(octet_length(b.data_binary), 0) AS data_bytes
        FROM (SELECT b.data::text AS json OFFSET 0) t) s
      ORDER BY ${order}id""";
  private static final String BY_COMMIT = "pg_xact_commit_timestamp(b.writer) NULLS FIRST, b.";
  private static final String PUT_ASIDE =
      """
      INSERT INTO ${dead} (id, topic, key, data, data_binary, removed, event_id, traceparent,
        created_at, code, reason)
      SELECT id, topic, key, data, data_binary, removed, event_id, traceparent, created_at, ?, ?
      FROM ${outbox} WHERE id = ?""";

  private final Connection connection;
  private final int maxPayloadBytes;
  private final String read;
  private final String putAside;
  private final String delete;
  private final String count;

  Outbox(Connection connection, OutboxNames names, int maxPayloadBytes) throws SQLException {
    this.connection = connection;
    this.maxPayloadBytes = maxPayloadBytes;
    boolean commitTimes =
        Sql.text(connection, "SHOW track_commit_timestamp").orElse("off").equals("on");
    this.read =
        READ.replace("${outbox}", names.table())
            .replace("${order}", commitTimes ? BY_COMMIT : "b.");
    this.putAside =
        PUT_ASIDE.replace("${outbox}", names.table()).replace("${dead}", names.deadTable());
    this.delete = "DELETE FROM " + names.table() + " WHERE id = ANY (?)";
    this.count = "SELECT count(*) FROM (SELECT FROM " + names.table() + " LIMIT " + MAX_LAG + ") b";
  }

  /** The largest data that is read, in bytes. */
  int maxPayloadBytes() {
    return maxPayloadBytes;
  }

  /** How many rows wait; counted up to a bound. */
  long waiting() throws SQLException {
    return Long.parseLong(Sql.text(connection, count).orElse("0"));
  }

  /** The next rows, at most {@code limit}, fewer if they are large; locked for this transaction. */
  List<OutboxRow> read(int limit) throws SQLException {
    List<OutboxRow> batch = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(read)) {
      statement.setFetchSize(FETCH_ROWS);
      statement.setInt(1, maxPayloadBytes);
      statement.setInt(2, maxPayloadBytes);
      statement.setInt(3, limit);
      try (ResultSet rows = statement.executeQuery()) {
        long bytes = 0;
        while (bytes < MAX_BATCH_BYTES && rows.next()) {
          OutboxRow row = OutboxRow.of(rows);
          batch.add(row);
          bytes += row.bytes();
        }
      }
    }
    return batch;
  }

  /**
   * Drops the notifications that have come; to be called within the transaction that has read. They
   * were sent before it began, so it has seen what they are about. Within a transaction the driver
   * does not wait for more: outside of one it goes on waiting for as long as they come every
   * millisecond.
   */
  void forgetNotifications() throws SQLException {
    connection.unwrap(PGConnection.class).getNotifications();
  }

  /** Copies a row to the dead rows, with the reason. */
  void putAside(OutboxRow row, IngestResult.Rejected rejected) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(putAside)) {
      statement.setString(1, rejected.code());
      statement.setString(2, rejected.reason());
      statement.setLong(3, row.id());
      statement.executeUpdate();
    }
  }

  void delete(List<OutboxRow> rows) throws SQLException {
    Array ids = connection.createArrayOf("bigint", rows.stream().map(OutboxRow::id).toArray());
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setArray(1, ids);
      statement.executeUpdate();
    }
  }
}
