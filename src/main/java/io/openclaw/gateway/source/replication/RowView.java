package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.JsonText;
import io.openclaw.gateway.source.replication.PgOutput.Cell;
import io.openclaw.gateway.source.replication.PgOutput.Column;
import io.openclaw.gateway.topic.Payload;
import java.util.List;
import java.util.Locale;

/**
 * A row with the names and types of its columns. A value that is not known is left out of the JSON.
 *
 * @param columns as many as there are types and cells
 */
record RowView(List<Column> columns, List<PgType> types, List<Cell> cells) {
  /**
   * The cell of a column, by its name as written, else in lower case; unchanged if there is none.
   */
  Cell cell(String column) {
    int index = index(column);
    return index < 0 ? Cell.UNCHANGED : cells.get(index);
  }

  private int index(String column) {
    int exact = indexOf(column);
    return exact < 0 ? indexOf(column.toLowerCase(Locale.ROOT)) : exact;
  }

  private int indexOf(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  /** The same row, of which only what identifies it is known. */
  RowView identityOnly() {
    Cell[] known = new Cell[cells.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = columns.get(i).identity() ? cells.get(i) : Cell.UNCHANGED;
    }
    return new RowView(columns, types, List.of(known));
  }

  /** The same row, with what is not known taken from {@code before}. */
  RowView completed(RowView before) {
    Cell[] known = new Cell[cells.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = cells.get(i).isUnchanged() ? before.cells.get(i) : cells.get(i);
    }
    return new RowView(columns, types, List.of(known));
  }

  /** The row as a JSON object. */
  Payload json() {
    StringBuilder json = new StringBuilder(32 * cells.size()).append('{');
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      if (cell.isUnchanged()) {
        continue;
      }
      json.append(json.length() == 1 ? "" : ",");
      json.append(JsonText.quote(columns.get(i).name())).append(':');
      String text = cell.text();
      if (text == null) {
        json.append("null");
      } else {
        PgType.write(json, types.get(i), text);
      }
    }
    return new Payload.Json(json.append('}').toString());
  }
}
