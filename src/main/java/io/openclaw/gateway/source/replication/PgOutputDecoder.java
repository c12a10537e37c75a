package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.source.replication.PgOutput.Begin;
import io.openclaw.gateway.source.replication.PgOutput.Cell;
import io.openclaw.gateway.source.replication.PgOutput.Column;
import io.openclaw.gateway.source.replication.PgOutput.Commit;
import io.openclaw.gateway.source.replication.PgOutput.Delete;
import io.openclaw.gateway.source.replication.PgOutput.Insert;
import io.openclaw.gateway.source.replication.PgOutput.Old;
import io.openclaw.gateway.source.replication.PgOutput.Other;
import io.openclaw.gateway.source.replication.PgOutput.Relation;
import io.openclaw.gateway.source.replication.PgOutput.Truncate;
import io.openclaw.gateway.source.replication.PgOutput.Update;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the messages of {@code pgoutput}. What it makes is bounded by the message: no length is
 * believed that the message is too short for.
 */
final class PgOutputDecoder {
  private static final int IDENTITY = 1;

  private PgOutputDecoder() {}

  /** A message that is none. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * Reads one message.
   *
   * @throws MalformedException if it is none
   */
  static PgOutput decode(ByteBuffer message) throws MalformedException {
    try {
      return read(message);
    } catch (BufferUnderflowException e) {
      throw new MalformedException("a replication message ends too early");
    }
  }

  private static PgOutput read(ByteBuffer in) throws MalformedException {
    char kind = (char) in.get();
    return switch (kind) {
      case 'B' -> begin(in);
      case 'C' -> commit(in);
      case 'R' -> relation(in);
      case 'I' -> new Insert(in.getInt(), row(in, 'N'));
      case 'U' -> update(in);
      case 'D' -> new Delete(in.getInt(), old(in, (char) in.get()));
      case 'T' -> truncate(in);
      case 'Y', 'O', 'M' -> new Other(kind);
      default -> throw new MalformedException("an unknown replication message: " + (int) kind);
    };
  }

  private static Begin begin(ByteBuffer in) {
    long lsn = in.getLong();
    in.getLong(); // when it was committed
    return new Begin(lsn, in.getInt());
  }

  private static Commit commit(ByteBuffer in) {
    in.get(); // flags, none in use
    in.getLong(); // where the commit is, as Begin said
    return new Commit(in.getLong());
  }

  private static Relation relation(ByteBuffer in) throws MalformedException {
    int id = in.getInt();
    String schema = name(in);
    String name = name(in);
    in.get(); // the replica identity; its columns are marked
    int count = in.getShort();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean identity = (in.get() & IDENTITY) != 0;
      columns.add(new Column(identity, name(in), in.getInt()));
      in.getInt(); // the type's modifier
    }
    return new Relation(id, schema.isEmpty() ? "pg_catalog" : schema, name, columns);
  }

  private static Update update(ByteBuffer in) throws MalformedException {
    int relation = in.getInt();
    char next = (char) in.get();
    if (next == 'N') {
      return new Update(relation, null, cells(in));
    }
    Old before = old(in, next);
    return new Update(relation, before, row(in, 'N'));
  }

  private static Old old(ByteBuffer in, char kind) throws MalformedException {
    if (kind != 'K' && kind != 'O') {
      throw new MalformedException("an unknown kind of old row: " + (int) kind);
    }
    return new Old(kind == 'K', cells(in));
  }

  private static List<Cell> row(ByteBuffer in, char kind) throws MalformedException {
    char found = (char) in.get();
    if (found != kind) {
      throw new MalformedException("an unknown kind of row: " + (int) found);
    }
    return cells(in);
  }

  private static List<Cell> cells(ByteBuffer in) throws MalformedException {
    int count = in.getShort();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cells.add(cell(in));
    }
    return cells;
  }

  private static Cell cell(ByteBuffer in) throws MalformedException {
    char kind = (char) in.get();
    return switch (kind) {
      case 'n' -> Cell.NULL;
      case 'u' -> Cell.UNCHANGED;
      case 't' -> new Cell(text(in, in.getInt()));
      default -> throw new MalformedException("an unknown kind of value: " + (int) kind);
    };
  }

  private static Truncate truncate(ByteBuffer in) throws MalformedException {
    int count = in.getInt();
    in.get(); // options
    if (count < 0 || count > in.remaining() / Integer.BYTES) {
      throw new MalformedException("a replication message ends too early");
    }
    List<Integer> relations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      relations.add(in.getInt());
    }
    return new Truncate(relations);
  }

  private static String name(ByteBuffer in) throws MalformedException {
    int end = in.position();
    while (end < in.limit() && in.get(end) != 0) {
      end++;
    }
    String name = text(in, end - in.position());
    in.get(); // the zero that ends it
    return name;
  }

  private static String text(ByteBuffer in, int length) throws MalformedException {
    if (length < 0 || length > in.remaining()) {
      throw new MalformedException("a replication message ends too early");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
