package io.openclaw.gateway.source.database;

import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One PostgreSQL database that is listened to.
 *
 * @param database names the database; unique within a gateway, and part of its event ids
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/database}
 * @param user who connects, or null: as the URL says
 * @param password in the clear, or null; never logged
 * @param outbox the table that events are read from
 * @param watches ordinary tables whose changes become events
 * @param options what every source can be told; what is put aside stays in the database, in the
 *     table beside the outbox
 */
public record DatabaseSourceSettings(
    String database,
    String url,
    @Nullable String user,
    @Nullable String password,
    OutboxSettings outbox,
    List<WatchSettings> watches,
    SourceOptions options)
    implements SourceSettings {

  /**
   * Copies the watches.
   *
   * @throws IllegalArgumentException if the name is no name, the URL is not PostgreSQL's or a table
   *     is watched twice
   */
  public DatabaseSourceSettings {
    if (!database.matches("[A-Za-z0-9_-]{1,40}")) {
      throw new IllegalArgumentException("a database has a name of 1 to 40 of A-Z a-z 0-9 _ -");
    }
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException("the url of a database starts with jdbc:postgresql:");
    }
    watches = List.copyOf(watches);
    Set<String> tables = new HashSet<>();
    for (WatchSettings watch : watches) {
      if (!tables.add(watch.table())) {
        throw new IllegalArgumentException("the table " + watch.table() + " is watched once");
      }
    }
  }

  @Override
  public String name() {
    return "database:" + database;
  }

  /** Without the URL, which may carry a password, and without the password. */
  @Override
  public String toString() {
    return "DatabaseSourceSettings[database="
        + database
        + ", outbox="
        + outbox
        + ", watches="
        + watches
        + "]";
  }
}
