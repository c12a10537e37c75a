package io.openclaw.gateway.source.database;

import java.util.regex.Pattern;

/**
 * What may stand for a table or a column in settings: plain identifiers only, so that they can be
 * put into statements.
 */
final class TableName {
  private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]{0,62}";
  private static final Pattern COLUMN = Pattern.compile(IDENTIFIER);
  private static final Pattern TABLE = Pattern.compile("(" + IDENTIFIER + "\\.)?" + IDENTIFIER);

  private TableName() {}

  static void check(String table) {
    if (!TABLE.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "a table is written as table or schema.table, of letters, digits and _");
    }
  }

  static void checkColumn(String column) {
    if (!COLUMN.matcher(column).matches()) {
      throw new IllegalArgumentException("a column is written with letters, digits and _");
    }
  }
}
