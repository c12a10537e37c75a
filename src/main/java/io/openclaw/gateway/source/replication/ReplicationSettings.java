package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceSettings;
import io.openclaw.gateway.source.database.WatchSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tables of one PostgreSQL database whose rows and changes are read from the database's log.
 *
 * @param id names the source among its kind
 * @param options what every source can be told
 * @param database where it is
 * @param slot how it is read
 * @param tables what is read
 */
public record ReplicationSettings(
    String id,
    SourceOptions options,
    DatabaseAddress database,
    SlotSettings slot,
    List<WatchSettings> tables)
    implements SourceSettings {

  /**
   * Copies the tables.
   *
   * @throws IllegalArgumentException if the name is no name, or there is no table, or one twice
   */
  public ReplicationSettings {
    if (!SourceSettings.isName(id)) {
      throw new IllegalArgumentException("a name has 1 to 80 of A-Z a-z 0-9 . _ -");
    }
    tables = List.copyOf(tables);
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("a replication has one table or more");
    }
    Set<String> names = new HashSet<>();
    for (WatchSettings table : tables) {
      if (!names.add(table.table())) {
        throw new IllegalArgumentException("the table " + table.table() + " is watched once");
      }
    }
  }

  @Override
  public String name() {
    return "replication:" + id;
  }

  /** The slot, and the publication, of a source that names none. */
  public static String slotOf(String id) {
    String name = "openclaw_" + id.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
    return name.substring(0, Math.min(name.length(), SlotSettings.MAX_NAME_CHARS));
  }
}
