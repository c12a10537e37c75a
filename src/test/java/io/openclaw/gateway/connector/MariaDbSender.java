package io.openclaw.gateway.connector;

import io.openclaw.gateway.neighbour.MariaDbServer;
import java.util.List;

/** Inserts rows, those of one sending in one transaction. A row that is there is left alone. */
public record MariaDbSender(MariaDbServer server) implements Sender {
  /** The table. */
  public static final String TABLE = "shop.orders";

  /** Makes the table. */
  public void prepare() {
    server.sql(
        "CREATE DATABASE shop; CREATE TABLE "
            + TABLE
            + " (id INT PRIMARY KEY, k INT, n INT, note VARCHAR(2000));");
  }

  @Override
  public void send(List<NumberedEvent> events) {
    StringBuilder sql = new StringBuilder("START TRANSACTION;");
    for (NumberedEvent event : events) {
      sql.append("INSERT IGNORE INTO ").append(TABLE).append(" VALUES (").append(event.index());
      sql.append(',').append(event.k()).append(',').append(event.n()).append(",'");
      sql.append(event.poison() ? "x".repeat(1_500) : "").append("');");
    }
    server.sql(sql.append("COMMIT;").toString());
  }

  @Override
  public void close() {
    // Each sending has a connection of its own.
  }
}
