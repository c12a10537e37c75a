package io.openclaw.gateway.source.replication;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds out how the values of a type become JSON; asks the database for those that it does not
 * know: domains are what they are made of, arrays are arrays, all else is text. Confined to the
 * thread of the source.
 */
final class PgTypes {
  private static final int MAX_DEPTH = 20;
  private static final String FIND =
      """
      SELECT t.typtype, t.typbasetype::int8, CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END::int8,
        coalesce(e.typdelim, ',')
      FROM pg_type t LEFT JOIN pg_type e ON e.oid = t.typelem WHERE t.oid = ?::int8::oid""";

  private final Connection connection;
  private final Map<Integer, PgType> found = new HashMap<>(PgType.BUILT_IN);

  PgTypes(Connection connection) {
    this.connection = connection;
  }

  /** The type with this number. */
  PgType find(int number) throws SQLException {
    return find(number, 0);
  }

  private PgType find(int number, int depth) throws SQLException {
    PgType known = found.get(number);
    if (known == null) {
      known = depth > MAX_DEPTH ? PgType.Scalar.TEXT : ask(number, depth);
      found.put(number, known);
    }
    return known;
  }

  private PgType ask(int number, int depth) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setLong(1, Integer.toUnsignedLong(number));
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return PgType.Scalar.TEXT; // it was dropped since
        }
        if (rows.getString(1).equals("d")) {
          return find((int) rows.getLong(2), depth + 1);
        }
        int element = (int) rows.getLong(3);
        return element == 0
            ? PgType.Scalar.TEXT
            : array(find(element, depth + 1), rows.getString(4).charAt(0));
      }
    }
  }

  private static PgType array(PgType element, char delimiter) {
    PgType.Scalar scalar = element instanceof PgType.Scalar plain ? plain : PgType.Scalar.TEXT;
    return new PgType.ArrayOf(scalar, delimiter);
  }
}
