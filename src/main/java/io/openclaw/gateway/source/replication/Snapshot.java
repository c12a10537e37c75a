package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.Arrival;
import io.openclaw.gateway.source.replication.PgOutput.Cell;
import io.openclaw.gateway.source.replication.PgOutput.Column;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.ReplicationSlotInfo;

/**
 * The rows of tables as they were at one moment, from which on the log is kept.
 *
 * <ol>
 *   <li>A temporary slot is made; it shows the tables as they are where its log begins, and ends
 *       with the connection, so that nothing is left behind when the snapshot is interrupted.
 *   <li>The rows are read, table after table, with a cursor.
 *   <li>At the end the temporary slot is copied: a slot of the final name exists only after all
 *       rows were published.
 * </ol>
 *
 * Confined to the thread of the source.
 */
final class Snapshot implements AutoCloseable {
  private static final String COLUMNS =
      """
      SELECT a.attname, a.atttypid::int8, p.rowfilter FROM pg_publication_tables p
      JOIN pg_attribute a ON a.attname = ANY (p.attnames)
      WHERE p.pubname = ? AND p.schemaname = ? AND p.tablename = ?
      AND a.attrelid = to_regclass(?) ORDER BY a.attnum""";

  private final SlotSettings slot;
  private final String cluster;
  private final RowEvents events;
  private final Connection log;
  private final Connection rows;
  private final PgTypes types;
  private final String temporary;
  private final Deque<WatchedTable> left;
  private @Nullable Cursor cursor;
  private long published;

  /**
   * The database on the other side; its connections end with the snapshot.
   *
   * @param cluster makes names of rows unique among databases
   * @param log makes the temporary slot, and keeps it
   * @param rows reads the tables
   */
  record Neighbour(String cluster, Connection log, Connection rows, PgTypes types) {}

  private Snapshot(
      SlotSettings slot,
      Neighbour neighbour,
      RowEvents events,
      List<WatchedTable> tables,
      String temporary) {
    this.slot = slot;
    this.cluster = neighbour.cluster;
    this.events = events;
    this.log = neighbour.log;
    this.rows = neighbour.rows;
    this.types = neighbour.types;
    this.temporary = temporary;
    this.left = new ArrayDeque<>(tables);
  }

  /** Makes the temporary slot; takes over both connections unless it fails. */
  static Snapshot begin(
      SlotSettings slot, Neighbour neighbour, RowEvents events, List<WatchedTable> tables)
      throws SQLException {
    Connection rows = neighbour.rows;
    String temporary = temporary(slot.slot());
    ReplicationSlotInfo made =
        neighbour
            .log
            .unwrap(PGConnection.class)
            .getReplicationAPI()
            .createReplicationSlot()
            .logical()
            .withSlotName(temporary)
            .withOutputPlugin("pgoutput")
            .withTemporaryOption()
            .make();
    rows.setAutoCommit(false);
    Sql.run(rows, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    Sql.run(rows, "SET TRANSACTION SNAPSHOT '" + made.getSnapshotName() + "'");
    return new Snapshot(slot, neighbour, events, tables, temporary);
  }

  /** The database keeps the name within its bound. */
  private static String temporary(String slot) {
    String suffix = "_snapshot";
    int bound = SlotSettings.MAX_NAME_CHARS - suffix.length();
    return slot.substring(0, Math.min(slot.length(), bound)) + suffix;
  }

  /** The next rows; none if all were read. */
  List<Arrival<Change>> read(int limit) throws SQLException {
    List<Arrival<Change>> arrivals = new ArrayList<>();
    while (arrivals.isEmpty() && (cursor != null || !left.isEmpty())) {
      if (cursor == null) {
        cursor = open(left.remove());
      }
      cursor.read(limit, arrivals);
      if (arrivals.size() < limit) {
        Sql.close(cursor);
        cursor = null;
      }
    }
    return arrivals;
  }

  /** Those rows were published. */
  void published(int count) {
    published += count;
  }

  /** Makes the slot; to be called when all rows were published. */
  void finish(Connection questions) throws SQLException {
    Slot.copy(questions, temporary, slot.slot());
  }

  /** For the operator. */
  String remark() {
    return "snapshot: " + published + " rows so far, " + left.size() + " more tables";
  }

  @Override
  public void close() {
    Sql.close(cursor);
    Sql.close(rows);
    Sql.close(log);
  }

  private record ColumnRow(Column column, @Nullable String filter) {}

  private Cursor open(WatchedTable table) throws SQLException {
    List<ColumnRow> found =
        Sql.query(
            rows,
            row ->
                new ColumnRow(
                    new Column(false, row.getString(1), (int) row.getLong(2)), row.getString(3)),
            COLUMNS,
            slot.publication(),
            table.schema(),
            table.name(),
            table.sql());
    List<Column> columns = found.stream().map(ColumnRow::column).toList();
    List<PgType> columnTypes = new ArrayList<>();
    for (Column column : columns) {
      columnTypes.add(types.find(column.type()));
    }
    String filter = found.isEmpty() ? null : found.get(0).filter();
    return new Cursor(table, columns, columnTypes, filter);
  }

  /** Reads one table. */
  private final class Cursor implements AutoCloseable {
    /** Table, row version and place of the row: the same for as long as nobody changes it. */
    private static final int NAMING_COLUMNS = 3;

    private final WatchedTable table;
    private final List<Column> columns;
    private final List<PgType> columnTypes;
    private final Statement statement;
    private final ResultSet result;

    Cursor(
        WatchedTable table, List<Column> columns, List<PgType> columnTypes, @Nullable String filter)
        throws SQLException {
      this.table = table;
      this.columns = columns;
      this.columnTypes = columnTypes;
      this.statement = rows.createStatement();
      statement.setFetchSize(slot.batchSize());
      this.result = statement.executeQuery(query(table, columns, filter));
    }

    private static String query(WatchedTable table, List<Column> columns, @Nullable String filter) {
      return "SELECT tableoid::int8, xmin::text, ctid::text"
          + columns.stream()
              .map(column -> ", " + Sql.identifier(column.name()))
              .collect(Collectors.joining())
          + " FROM "
          + (table.partitioned() ? "" : "ONLY ")
          + table.sql()
          + (filter == null ? "" : " WHERE " + filter);
    }

    void read(int limit, List<Arrival<Change>> arrivals) throws SQLException {
      while (arrivals.size() < limit && result.next()) {
        arrivals.add(arrival());
      }
    }

    private Arrival<Change> arrival() throws SQLException {
      List<Cell> cells = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        String text = result.getString(NAMING_COLUMNS + 1 + i);
        cells.add(text == null ? Cell.NULL : new Cell(text));
      }
      RowView row = new RowView(columns, columnTypes, cells);
      String version = result.getString(1) + "." + result.getString(2) + result.getString(3);
      Change change =
          new Change(
              cluster + "/" + version, Change.Place.NONE, table.toString(), "snapshot", row.json());
      return events.present(table.target(), row, change);
    }

    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }
}
