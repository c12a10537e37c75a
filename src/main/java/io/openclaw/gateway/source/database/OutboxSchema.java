package io.openclaw.gateway.source.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes what is missing of an outbox. Looks first and changes nothing that is there, because a
 * change would wait for everybody who is writing, and make others wait.
 */
final class OutboxSchema {
  private static final String MISSING =
      """
      SELECT CASE
        WHEN to_regclass(?) IS NULL OR to_regclass(?) IS NULL THEN 'table'
        WHEN NOT EXISTS (SELECT FROM pg_trigger
          WHERE tgrelid = to_regclass(?) AND tgname = 'openclaw_notify') THEN 'trigger'
      END""";

  private final OutboxNames names;
  private final boolean mayCreate;

  OutboxSchema(OutboxNames names, boolean mayCreate) {
    this.names = names;
    this.mayCreate = mayCreate;
  }

  /**
   * @throws SQLException if the table is missing and may or can not be created
   */
  void ensure(Connection connection) throws SQLException {
    String missing =
        Sql.text(connection, MISSING, names.table(), names.deadTable(), names.table()).orElse("");
    if (missing.isEmpty()) {
      return;
    }
    if (mayCreate) {
      Sql.run(connection, Sql.resource("outbox.sql", names.places()));
    } else if (missing.equals("table")) {
      throw new SQLException(
          "the table " + names.table() + " or " + names.deadTable() + " does not exist");
    }
  }
}
