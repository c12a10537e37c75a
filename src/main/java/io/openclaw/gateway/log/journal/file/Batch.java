package io.openclaw.gateway.log.journal.file;

import io.openclaw.gateway.log.journal.Journal.Entry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries that were written together: one record on the disk. It names the entry before it, so that
 * a record that is missing is missed.
 *
 * @param first offset of its first entry; the others follow without a hole
 * @param previous the offset before it that has an entry; 0 for none
 * @param floor the offset before the oldest entry that was kept when it was written
 * @param timeMillis when it was written
 * @param contents of its entries, one or more
 */
record Batch(long first, long previous, long floor, long timeMillis, List<byte[]> contents) {
  /** What it takes on the disk beside the contents, at most. */
  static final int OVERHEAD_BYTES = 96;

  /** The same for each entry. */
  static final int ENTRY_OVERHEAD_BYTES = 4;

  long last() {
    return first + contents.size() - 1;
  }

  /** The size of its contents. */
  long bytes() {
    return contents.stream().mapToLong(content -> content.length).sum();
  }

  /** The same after another entry. */
  Batch after(long otherPrevious) {
    return new Batch(first, otherPrevious, floor, timeMillis, contents);
  }

  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(contents.size());
    for (int i = 0; i < contents.size(); i++) {
      entries.add(new Entry(first + i, contents.get(i)));
    }
    return entries;
  }

  byte[] encode() {
    int size = OVERHEAD_BYTES + (int) bytes() + ENTRY_OVERHEAD_BYTES * contents.size();
    return Checked.encode(size, this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeLong(first);
    out.writeLong(previous);
    out.writeLong(floor);
    out.writeLong(timeMillis);
    out.writeInt(contents.size());
    for (byte[] content : contents) {
      out.writeInt(content.length);
      out.write(content);
    }
  }

  /**
   * @throws DamagedException if it is not what was written
   */
  static Batch decode(byte[] encoded) throws DamagedException {
    return Checked.decode(encoded, Batch::read);
  }

  private static Batch read(DataInputStream in) throws IOException {
    long first = in.readLong();
    long previous = in.readLong();
    long floor = in.readLong();
    long timeMillis = in.readLong();
    int count = in.readInt();
    List<byte[]> contents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      contents.add(in.readNBytes(in.readInt()));
    }
    return new Batch(first, previous, floor, timeMillis, contents);
  }
}
