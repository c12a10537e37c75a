package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.Arrival;
import io.openclaw.gateway.source.replication.PgOutput.Begin;
import io.openclaw.gateway.source.replication.PgOutput.Cell;
import io.openclaw.gateway.source.replication.PgOutput.Column;
import io.openclaw.gateway.source.replication.PgOutput.Commit;
import io.openclaw.gateway.source.replication.PgOutput.Delete;
import io.openclaw.gateway.source.replication.PgOutput.Insert;
import io.openclaw.gateway.source.replication.PgOutput.Old;
import io.openclaw.gateway.source.replication.PgOutput.Relation;
import io.openclaw.gateway.source.replication.PgOutput.Truncate;
import io.openclaw.gateway.source.replication.PgOutput.Update;
import io.openclaw.gateway.source.replication.PgOutputDecoder.MalformedException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of the messages of a log. A change is named by the commit of its transaction and its
 * number in it, so it has the same name each time it is sent. What was published is passed over.
 * Confined to the thread of the source.
 */
final class ChangeStream {
  private static final Logger LOG = System.getLogger(ChangeStream.class.getName());

  private final String cluster;
  private final RowEvents events;
  private final PgTypes types;
  private final ReadingPlace place;
  private final Map<Integer, Known> relations = new HashMap<>();
  private List<WatchedTable> tables;
  private @Nullable Begin transaction;
  private long changes;

  /**
   * @param cluster makes names of changes unique among databases
   */
  ChangeStream(
      String cluster,
      RowEvents events,
      PgTypes types,
      ReadingPlace place,
      List<WatchedTable> tables) {
    this.cluster = cluster;
    this.events = events;
    this.types = types;
    this.place = place;
    this.tables = tables;
  }

  /** A table of which changes come. */
  private record Known(Relation relation, List<PgType> types, Optional<WatchedTable> watched) {
    RowView row(List<Cell> cells) throws MalformedException {
      if (cells.size() != types.size()) {
        throw new MalformedException("a row has another number of columns than its table");
      }
      return new RowView(relation.columns(), types, cells);
    }

    RowView row(Old old) throws MalformedException {
      RowView row = row(old.row());
      return old.identityOnly() ? row.identityOnly() : row;
    }
  }

  /** These tables are watched from now on. */
  void watch(List<WatchedTable> tables) {
    this.tables = tables;
    relations.replaceAll((id, known) -> known(known.relation, known.types));
  }

  /** Whether the last message was not the end of a transaction. */
  boolean isInTransaction() {
    return transaction != null;
  }

  /**
   * Takes the next message.
   *
   * @return what it makes, in order: at most two events
   */
  List<Arrival<Change>> take(PgOutput message) throws SQLException, MalformedException {
    if (message instanceof Begin begin) {
      transaction = begin;
      changes = 0;
    } else if (message instanceof Commit) {
      transaction = null;
    } else if (message instanceof Relation relation) {
      List<PgType> columnTypes = new ArrayList<>();
      for (Column column : relation.columns()) {
        columnTypes.add(types.find(column.type()));
      }
      relations.put(relation.id(), known(relation, columnTypes));
    } else if (message instanceof Truncate truncate) {
      truncate.relations().forEach(this::warn);
    } else {
      return change(message);
    }
    return List.of();
  }

  private Known known(Relation relation, List<PgType> columnTypes) {
    Optional<WatchedTable> watched =
        tables.stream().filter(table -> table.is(relation.schema(), relation.name())).findFirst();
    return new Known(relation, List.copyOf(columnTypes), watched);
  }

  private void warn(int id) {
    Known known = relations.get(id);
    if (known != null && known.watched.isPresent()) {
      LOG.log(
          Level.WARNING,
          "the table {0} was emptied by TRUNCATE, which publishes nothing",
          known.watched.get());
    }
  }

  private List<Arrival<Change>> change(PgOutput message) throws MalformedException {
    if (message instanceof Insert insert) {
      return changed(insert.relation(), null, insert.row());
    }
    if (message instanceof Update update) {
      return changed(update.relation(), update.before(), update.row());
    }
    if (message instanceof Delete delete) {
      return deleted(delete);
    }
    return List.of();
  }

  private List<Arrival<Change>> deleted(Delete delete) throws MalformedException {
    Known known = relation(delete.relation());
    long number = ++changes;
    WatchedTable table = known.watched.orElse(null);
    if (table == null || place.isDone(presentPlace(number))) {
      return List.of();
    }
    RowView before = known.row(delete.before());
    Change change = named(presentPlace(number), "", table, "delete", before);
    return List.of(events.removed(table.target(), before, change));
  }

  private List<Arrival<Change>> changed(int id, @Nullable Old old, List<Cell> cells)
      throws MalformedException {
    Known known = relation(id);
    long number = ++changes;
    WatchedTable table = known.watched.orElse(null);
    if (table == null || place.isDone(presentPlace(number))) {
      return List.of();
    }
    RowView row = known.row(cells);
    List<Arrival<Change>> arrivals = new ArrayList<>(2);
    if (old != null) {
      RowView before = known.row(old);
      row = row.completed(before);
      Change move = named(movePlace(number), "-", table, "update", before);
      if (!place.isDone(move.place())) {
        events.moved(table.target(), before, row, move).ifPresent(arrivals::add);
      }
    }
    Change change = named(presentPlace(number), "", table, old == null ? "insert" : "update", row);
    arrivals.add(events.present(table.target(), row, change));
    return arrivals;
  }

  private Known relation(int id) throws MalformedException {
    Known known = relations.get(id);
    if (known == null) {
      throw new MalformedException("a row comes before its table");
    }
    return known;
  }

  private Change named(
      Change.Place at, String suffix, WatchedTable table, String operation, RowView row) {
    Begin begin = begin();
    String id =
        cluster
            + "/"
            + Long.toHexString(begin.lsn())
            + "."
            + Integer.toUnsignedString(begin.transaction())
            + "/"
            + at.ordinal() / 2
            + suffix;
    return new Change(id, at, table.toString(), operation, row.json());
  }

  private Change.Place movePlace(long number) {
    return new Change.Place(begin().lsn(), 2 * number);
  }

  private Change.Place presentPlace(long number) {
    return new Change.Place(begin().lsn(), 2 * number + 1);
  }

  private Begin begin() {
    if (transaction == null) {
      throw new IllegalStateException("a change outside of a transaction");
    }
    return transaction;
  }
}
