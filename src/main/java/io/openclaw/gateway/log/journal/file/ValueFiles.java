package io.openclaw.gateway.log.journal.file;

import io.openclaw.gateway.log.journal.Journal.Entry;
import io.openclaw.gateway.log.journal.Journal.Value;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.activemq.artemis.core.journal.RecordInfo;
import org.jspecify.annotations.Nullable;

/**
 * The current values on the disk. Each checkpoint is a transaction: after a crash it is there as a
 * whole or not at all; a sum over all values tells whether one is missing. Confined to the thread
 * of the journal.
 */
final class ValueFiles implements AutoCloseable {
  private static final byte VALUE = 1;
  private static final byte SUM = 2;

  private final Segments segments;
  private final Map<String, Place> places = new HashMap<>();
  private final List<Value> values = new ArrayList<>();
  private long nextId = 1;
  private long sumId;
  private long upTo;
  private long sum;
  private boolean damaged;

  /** Where the value of a slot is. */
  private record Place(long id, int crc) {}

  private ValueFiles(Segments segments) {
    this.segments = segments;
  }

  /** Opens it with what is in it. */
  static ValueFiles open(Segments segments) throws IOException {
    ValueFiles opened = new ValueFiles(segments);
    List<RecordInfo> records = segments.load();
    long[] written = new long[3];
    for (RecordInfo record : records) {
      opened.nextId = Math.max(opened.nextId, record.id + 1);
      opened.take(record, written);
    }
    opened.damaged |= written[1] != opened.places.size() || written[2] != opened.sum;
    opened.upTo = written[0];
    return opened;
  }

  private void take(RecordInfo record, long[] written) {
    try {
      if (record.userRecordType == SUM) {
        sumId = record.id;
        System.arraycopy(Checked.decode(record.data, ValueFiles::readSum), 0, written, 0, 3);
      } else {
        Value stored = Checked.decode(record.data, ValueFiles::readValue);
        put(stored.slot(), record.id, Checked.crc(record.data));
        values.add(stored);
      }
    } catch (DamagedException e) {
      damaged = true;
    }
  }

  private static long[] readSum(DataInputStream in) throws IOException {
    return new long[] {in.readLong(), in.readLong(), in.readLong()};
  }

  private static Value readValue(DataInputStream in) throws IOException {
    String slot = new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    long offset = in.readLong();
    return new Value(slot, new Entry(offset, in.readNBytes(in.readInt())));
  }

  /** Whether something is missing. */
  boolean isDamaged() {
    return damaged;
  }

  /** What was there when it was opened; gives it once. */
  List<Value> takeValues() {
    List<Value> taken = List.copyOf(values);
    values.clear();
    return taken;
  }

  /** All entries up to this offset are taken into account. */
  long upTo() {
    return upTo;
  }

  /** Writes a checkpoint. */
  void checkpoint(List<Value> changes, boolean whole, long newUpTo) throws IOException {
    long transaction = nextId++;
    Set<String> stale = whole ? new HashSet<>(places.keySet()) : Set.of();
    for (Value change : changes) {
      remove(transaction, change.slot());
      if (whole) {
        stale.remove(change.slot());
      }
      add(transaction, change.slot(), change.entry());
    }
    for (String slot : stale) {
      remove(transaction, slot);
    }
    writeSum(transaction, newUpTo);
    segments.commit(transaction);
    upTo = newUpTo;
  }

  private void remove(long transaction, String slot) throws IOException {
    Place place = places.remove(slot);
    if (place != null) {
      sum -= place.crc;
      segments.delete(transaction, place.id);
    }
  }

  private void add(long transaction, String slot, @Nullable Entry entry) throws IOException {
    if (entry != null) {
      byte[] record = encode(slot, entry);
      long id = nextId++;
      segments.add(transaction, id, VALUE, record);
      put(slot, id, Checked.crc(record));
    }
  }

  private void put(String slot, long id, int crc) {
    places.put(slot, new Place(id, crc));
    sum += crc;
  }

  private static byte[] encode(String slot, Entry entry) {
    byte[] name = slot.getBytes(StandardCharsets.UTF_8);
    return Checked.encode(
        name.length + entry.content().length + 16,
        out -> {
          out.writeInt(name.length);
          out.write(name);
          out.writeLong(entry.offset());
          out.writeInt(entry.content().length);
          out.write(entry.content());
        });
  }

  private void writeSum(long transaction, long newUpTo) throws IOException {
    if (sumId != 0) {
      segments.delete(transaction, sumId);
    }
    sumId = nextId++;
    byte[] record =
        Checked.encode(
            24,
            out -> {
              out.writeLong(newUpTo);
              out.writeLong(places.size());
              out.writeLong(sum);
            });
    segments.add(transaction, sumId, SUM, record);
  }

  /** Writes values that were somewhere else before, as if they had been there. */
  void copy(List<Value> survivors, long newUpTo) throws IOException {
    checkpoint(survivors, true, newUpTo);
    values.addAll(survivors);
  }

  /**
   * @throws IOException if something has failed behind our back
   */
  void check() throws IOException {
    segments.check();
  }

  @Override
  public void close() {
    segments.close();
  }
}
