package io.openclaw.gateway.source.replication;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message of PostgreSQL's plug-in {@code pgoutput}, version 1 of its protocol (PostgreSQL's
 * manual, "Logical Replication Message Formats").
 */
sealed interface PgOutput {
  /**
   * A transaction begins; it is committed already.
   *
   * @param lsn where its commit is in the log; grows from one to the next
   */
  record Begin(long lsn, int transaction) implements PgOutput {}

  /**
   * The transaction is over.
   *
   * @param endLsn the position behind it, from which a reader goes on that has all of it
   */
  record Commit(long endLsn) implements PgOutput {}

  /** What a table looks like from here on. */
  record Relation(int id, String schema, String name, List<Column> columns) implements PgOutput {
    /** Copies the columns. */
    public Relation {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column.
   *
   * @param identity whether it is part of what identifies a row, of which old values are known
   * @param type the type's number
   */
  record Column(boolean identity, String name, int type) {}

  /** A new row. */
  record Insert(int relation, List<Cell> row) implements PgOutput {}

  /**
   * A row has changed.
   *
   * @param before what is known of the row before; null if nothing that identifies it changed
   */
  record Update(int relation, @Nullable Old before, List<Cell> row) implements PgOutput {}

  /** A row is gone. */
  record Delete(int relation, Old before) implements PgOutput {}

  /**
   * A row before its change.
   *
   * @param identityOnly whether only the columns that identify it are known
   */
  record Old(boolean identityOnly, List<Cell> row) {}

  /** Tables were emptied. */
  record Truncate(List<Integer> relations) implements PgOutput {
    /** Copies the numbers. */
    public Truncate {
      relations = List.copyOf(relations);
    }
  }

  /** Something that says nothing about rows. */
  record Other(char kind) implements PgOutput {}

  /**
   * A value of a row.
   *
   * @param text as the database writes it; null if there is none
   */
  record Cell(@Nullable String text) {
    /** SQL's null. */
    static final Cell NULL = new Cell(null);

    /** A large value that was not changed, and is not told again. */
    static final Cell UNCHANGED = new Cell(null);

    /** Whether its value is not known. Compared by identity: null has no text either. */
    @SuppressWarnings("ReferenceEquality")
    boolean isUnchanged() {
      return this == UNCHANGED;
    }

    /** Its size and not its content. */
    @Override
    public String toString() {
      return text == null ? "-" : text.length() + " chars";
    }
  }
}
