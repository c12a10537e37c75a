package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.database.WatchSettings;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table that is there and is to be read.
 *
 * @param target where its rows are published
 * @param schema as the database knows it
 * @param name as the database knows it
 * @param partitioned whether its rows are in partitions
 * @param identity the columns of which the database tells the values before a change; empty: it can
 *     tell none
 */
record WatchedTable(
    RowTarget target, String schema, String name, boolean partitioned, List<String> identity) {
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final String FIND =
      """
      SELECT n.nspname, c.relname, c.relkind = 'p',
        ARRAY(SELECT a.attname::text FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
          AND (c.relreplident = 'f' OR a.attnum = ANY (
            SELECT unnest(i.indkey) FROM pg_index i WHERE i.indrelid = c.oid
            AND ((c.relreplident = 'd' AND i.indisprimary)
              OR (c.relreplident = 'i' AND i.indisreplident)))))
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = coalesce(to_regclass(?), to_regclass(?)) AND c.relkind IN ('r', 'p')""";

  /** Copies the columns. */
  WatchedTable {
    identity = List.copyOf(identity);
  }

  /** Finds it by its name as written, else in lower case as SQL folds it. */
  static Optional<WatchedTable> find(Connection connection, WatchSettings settings)
      throws SQLException {
    RowTarget target = new RowTarget(settings);
    String table = settings.table();
    List<WatchedTable> found =
        Sql.query(
            connection,
            row -> read(row, target),
            FIND,
            quoted(table),
            quoted(table.toLowerCase(Locale.ROOT)));
    return found.stream().findFirst();
  }

  private static WatchedTable read(ResultSet row, RowTarget target) throws SQLException {
    Array identity = row.getArray(4);
    return new WatchedTable(
        target,
        row.getString(1),
        row.getString(2),
        row.getBoolean(3),
        List.of((String[]) identity.getArray()));
  }

  private static String quoted(String setting) {
    return DOT.splitAsStream(setting).map(Sql::identifier).collect(Collectors.joining("."));
  }

  /** Whether it is the table that the database calls so. */
  boolean is(String otherSchema, String otherName) {
    return schema.equals(otherSchema) && name.equals(otherName);
  }

  /** Columns that topic or key need, and of which the database does not tell the old values. */
  List<String> untold() {
    return target.columns().stream()
        .filter(column -> identity.stream().noneMatch(column::equalsIgnoreCase))
        .distinct()
        .toList();
  }

  /** As it is written in statements. */
  String sql() {
    return Sql.identifier(schema) + "." + Sql.identifier(name);
  }

  /** For people. */
  @Override
  public String toString() {
    return schema + "." + name;
  }
}
