package io.openclaw.gateway.log.journal.hazelcast;

import io.openclaw.gateway.log.Lineage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in the ring. The first byte tells: {@code C}, {@code M}, {@code L} and {@code S} are
 * ours, all else is an entry of the log.
 */
sealed interface RingEntry {
  /**
   * An entry of the log.
   *
   * @param content as it was written
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  record Entry(byte[] content) implements RingEntry {}

  /**
   * Everything in the ring up to a place is on a second node, too: it can be shown.
   *
   * @param upTo its sequence
   */
  record Commit(long upTo) implements RingEntry {}

  /**
   * Names the life of the log. One that {@code follows} the life in force begins or repeats one;
   * others came too late and mean nothing.
   *
   * @param follows the epoch in force when it was written; empty: none
   * @param lineage the life from here on. Of a former life that ends here, the last offset is found
   *     by the reader
   * @param goesOn whether the life in force goes on in this one
   * @param base offsets are sequences and this
   * @param firstSequence where the life, or what it goes on with, began; -1: here
   */
  record Mark(String follows, Lineage lineage, boolean goesOn, long base, long firstSequence)
      implements RingEntry {
    /** Whether it only says again what is in force. */
    boolean repeats() {
      return follows.equals(lineage.epoch());
    }
  }

  /**
   * A member is going to leave in good order: it is not to be missed.
   *
   * @param member its id
   */
  record Leaving(String member) implements RingEntry {}

  /**
   * A member says which members it sees, itself included, whenever that has changed.
   *
   * @param member its id
   * @param members their ids in the order of their letters, with commas between them
   */
  record Seen(String member, String members) implements RingEntry {}

  /** Reads what stands in the ring. */
  static RingEntry read(byte[] bytes) {
    byte first = bytes.length == 0 ? 0 : bytes[0];
    if ("CMLS".indexOf(first) < 0) {
      return new Entry(bytes);
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      in.readByte();
      return switch (first) {
        case 'C' -> new Commit(in.readLong());
        case 'M' -> readMark(in);
        case 'L' -> new Leaving(in.readUTF());
        default -> new Seen(in.readUTF(), in.readUTF());
      };
    } catch (IOException e) {
      throw new UncheckedIOException("an entry of the ring cannot be read", e);
    }
  }

  private static Mark readMark(DataInputStream in) throws IOException {
    String follows = in.readUTF();
    String epoch = in.readUTF();
    boolean goesOn = in.readBoolean();
    long base = in.readLong();
    long first = in.readLong();
    List<Lineage.Life> former = new ArrayList<>();
    for (int i = in.readUnsignedByte(); i > 0; i--) {
      former.add(new Lineage.Life(in.readUTF(), in.readLong()));
    }
    return new Mark(follows, new Lineage(epoch, former), goesOn, base, first);
  }

  /** What is written into the ring. */
  default byte[] bytes() {
    if (this instanceof Entry entry) {
      return entry.content();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      if (this instanceof Commit commit) {
        out.writeByte('C');
        out.writeLong(commit.upTo());
      } else if (this instanceof Leaving leaving) {
        out.writeByte('L');
        out.writeUTF(leaving.member());
      } else if (this instanceof Seen seen) {
        out.writeByte('S');
        out.writeUTF(seen.member());
        out.writeUTF(seen.members());
      } else if (this instanceof Mark mark) {
        write(mark, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every byte", e);
    }
    return bytes.toByteArray();
  }

  private static void write(Mark mark, DataOutputStream out) throws IOException {
    out.writeByte('M');
    out.writeUTF(mark.follows());
    out.writeUTF(mark.lineage().epoch());
    out.writeBoolean(mark.goesOn());
    out.writeLong(mark.base());
    out.writeLong(mark.firstSequence());
    out.writeByte(mark.lineage().former().size());
    for (Lineage.Life life : mark.lineage().former()) {
      out.writeUTF(life.epoch());
      out.writeLong(life.lastOffset());
    }
  }
}
