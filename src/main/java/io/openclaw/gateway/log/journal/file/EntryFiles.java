package io.openclaw.gateway.log.journal.file;

import io.openclaw.gateway.log.journal.Journal.Entry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The entries on the disk: appends at one end and lets go at the other. Confined to the thread of
 * the journal.
 */
final class EntryFiles implements AutoCloseable {
  private static final byte BATCH = 1;
  private static final byte FLOOR = 2;
  private static final int MAX_BATCH_BYTES = 1 << 20;

  private final FileJournalSettings settings;
  private final LongSupplier clockMillis;
  private final Segments segments;
  private final Deque<Kept> kept = new ArrayDeque<>();
  private long count;
  private long bytes;
  private long floor;
  private long last;
  private long unforcedSinceNanos;
  private boolean unforced;

  /** A batch that is on the disk. */
  private record Kept(long first, long last, long bytes, long timeMillis) {
    long count() {
      return last - first + 1;
    }
  }

  private EntryFiles(FileJournalSettings settings, Segments segments, LongSupplier clockMillis) {
    this.settings = settings;
    this.segments = segments;
    this.clockMillis = clockMillis;
  }

  /** Opens what {@code scan} found to be in order. */
  static EntryFiles open(
      FileJournalSettings settings, Segments segments, Scan scan, LongSupplier clockMillis)
      throws IOException {
    EntryFiles opened = new EntryFiles(settings, segments, clockMillis);
    segments.open(Ignored.INSTANCE);
    scan.batches().forEach(opened::keep);
    opened.floor = scan.floor();
    opened.last = scan.last();
    return opened;
  }

  private void keep(Batch batch) {
    Kept one = new Kept(batch.first(), batch.last(), batch.bytes(), batch.timeMillis());
    kept.add(one);
    count += one.count();
    bytes += one.bytes();
    last = one.last();
  }

  /** The offset before the oldest entry that is kept. */
  long floor() {
    return floor;
  }

  /** The offset of the last entry. */
  long last() {
    return last;
  }

  /** Whether an entry of that size can be written. */
  static boolean fits(long contentBytes, FileJournalSettings settings) {
    return contentBytes + Batch.OVERHEAD_BYTES <= settings.segmentBytes();
  }

  /** Writes entries as one or several records, and forces the last if that is asked for. */
  List<Entry> append(List<byte[]> contents) throws IOException {
    List<Entry> entries = new ArrayList<>(contents.size());
    int from = 0;
    while (from < contents.size()) {
      int to = end(contents, from);
      Batch batch = batch(contents.subList(from, to));
      boolean forced = settings.fsync() == Fsync.ALWAYS && to == contents.size();
      segments.add(batch.first(), BATCH, batch.encode(), forced);
      keep(batch);
      entries.addAll(batch.entries());
      from = to;
    }
    noteUnforced();
    return entries;
  }

  private int end(List<byte[]> contents, int from) {
    int max = Math.min(MAX_BATCH_BYTES, settings.segmentBytes() / 4);
    long size = contents.get(from).length;
    int end = from + 1;
    while (end < contents.size() && size + contents.get(end).length < max) {
      size += contents.get(end).length + Batch.ENTRY_OVERHEAD_BYTES;
      end++;
    }
    return end;
  }

  private Batch batch(List<byte[]> contents) {
    return new Batch(last + 1, last, floor, clockMillis.getAsLong(), List.copyOf(contents));
  }

  /** Writes a batch that was somewhere else before. */
  void copy(Batch batch) throws IOException {
    segments.add(batch.first(), BATCH, batch.encode(), false);
    keep(batch);
  }

  private void noteUnforced() {
    if (settings.fsync() == Fsync.INTERVAL && !unforced) {
      unforced = true;
      unforcedSinceNanos = System.nanoTime();
    }
  }

  /** How long until something is to be forced, in ns; {@link Long#MAX_VALUE} if nothing is. */
  long forceInNanos() {
    long passed = System.nanoTime() - unforcedSinceNanos;
    return unforced ? Math.max(0, settings.fsyncInterval().toNanos() - passed) : Long.MAX_VALUE;
  }

  /** Forces what was written to the disk. */
  void force() throws IOException {
    segments.note(last, FLOOR, Floor.encode(floor), true);
    unforced = false;
  }

  /**
   * Lets the oldest go that are beyond the bounds; never the last batch.
   *
   * @param upTo only up to this offset
   */
  void letGo(long upTo) throws IOException {
    List<Kept> gone = new ArrayList<>();
    while (kept.size() > 1 && isBeyond(kept.getFirst()) && kept.getFirst().last() <= upTo) {
      Kept oldest = kept.removeFirst();
      gone.add(oldest);
      count -= oldest.count();
      bytes -= oldest.bytes();
      floor = oldest.last();
    }
    if (!gone.isEmpty()) {
      force();
      for (Kept each : gone) {
        segments.delete(each.first());
      }
    }
  }

  private boolean isBeyond(Kept oldest) {
    return count - oldest.count() >= settings.maxCount()
        || bytes > settings.maxBytes()
        || clockMillis.getAsLong() - oldest.timeMillis() > settings.maxAge().toMillis();
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
