package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.database.WatchSettings;
import io.openclaw.gateway.source.replication.PgOutput.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Where the rows of a table are published: topic and key, from the row's values. Immutable. */
final class RowTarget {
  private final WatchSettings settings;
  private final List<String> literals = new ArrayList<>();
  private final List<String> columns = new ArrayList<>();

  RowTarget(WatchSettings settings) {
    this.settings = settings;
    Matcher place = WatchSettings.PLACEHOLDER.matcher(settings.topic());
    int end = 0;
    while (place.find()) {
      literals.add(settings.topic().substring(end, place.start()));
      columns.add(place.group(1));
      end = place.end();
    }
    literals.add(settings.topic().substring(end));
  }

  /**
   * Where a row is published.
   *
   * @param key null: without key
   */
  record Address(String topic, @Nullable String key) {}

  /** A row has no address. */
  static final class NoAddressException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean unknown;

    private NoAddressException(String reason, boolean unknown) {
      super(reason);
      this.unknown = unknown;
    }

    /** Whether it has one, but the values that make it are not known. */
    boolean isUnknown() {
      return unknown;
    }

    /** What was wrong, in words. */
    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /** The columns that topic and key need. */
  List<String> columns() {
    List<String> all = new ArrayList<>(columns);
    if (settings.key() != null) {
      all.add(settings.key());
    }
    return all;
  }

  /**
   * The address of a row.
   *
   * @throws NoAddressException if a value that it needs is null, empty or not known
   */
  Address of(RowView row) throws NoAddressException {
    StringBuilder topic = new StringBuilder(literals.get(0));
    for (int i = 0; i < columns.size(); i++) {
      topic.append(level(row, columns.get(i))).append(literals.get(i + 1));
    }
    String key = settings.key() == null ? null : known(row, settings.key()).text();
    return new Address(topic.toString(), key);
  }

  private static String level(RowView row, String column) throws NoAddressException {
    String value = known(row, column).text();
    if (value == null || value.isEmpty()) {
      throw new NoAddressException(
          "the column " + column + ", which the topic needs, is empty", false);
    }
    return value.replace("%", "%25").replace("/", "%2F").replace("+", "%2B").replace("#", "%23");
  }

  private static Cell known(RowView row, String column) throws NoAddressException {
    Cell cell = row.cell(column);
    if (cell.isUnchanged()) {
      throw new NoAddressException(
          "the database did not tell the column "
              + column
              + ", which topic or key need; with REPLICA IDENTITY FULL it would",
          true);
    }
    return cell;
  }
}
