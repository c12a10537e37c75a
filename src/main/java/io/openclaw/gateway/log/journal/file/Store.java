package io.openclaw.gateway.log.journal.file;

import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.journal.Journal.Entry;
import io.openclaw.gateway.log.journal.Journal.Value;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What is in the directory of a journal: entries, current values and the name of the life. When it
 * is opened, in this order:
 *
 * <ol>
 *   <li>nothing there: a new life;
 *   <li>entries missing within, values missing, or no name of the life: what is left is kept in a
 *       new life that goes on with no other, and the files are put aside;
 *   <li>entries missing at the end, or perhaps missing there (the machine went down and not every
 *       write was forced, a checkpoint or a reader knows more): a new life that goes on with the
 *       old one up to what is left;
 *   <li>everything there: the same life.
 * </ol>
 *
 * The new name is on the disk before anything else is changed. Confined to the thread of the
 * journal.
 */
final class Store implements AutoCloseable {
  private static final Logger LOGGER = System.getLogger(Store.class.getName());
  private static final int FILES_AT_ONCE = 5;

  private final FileJournalSettings settings;
  private final Supplier<String> epochs;
  private final LongSupplier clockMillis;
  private final Path entriesDirectory;
  private final Path valuesDirectory;
  private final LifeFile lifeFile;
  private final EntryFiles entries;
  private final ValueFiles values;
  private Lineage lineage;
  private List<Batch> batches;

  private Store(
      FileJournalSettings settings,
      Supplier<String> epochs,
      LongSupplier clockMillis,
      long knownLast)
      throws IOException {
    this.settings = settings;
    this.epochs = epochs;
    this.clockMillis = clockMillis;
    this.entriesDirectory = settings.directory().resolve("entries");
    this.valuesDirectory = settings.directory().resolve("values");
    this.lifeFile = new LifeFile(settings.directory());
    checkRoom();
    Scan scan = Scan.of(entriesDirectory);
    ValueFiles opened = openValues();
    boolean done = false;
    try {
      Optional<LifeFile.State> life = readLife();
      lineage = judge(life, scan, opened, knownLast);
      write(-1);
      if (opened.isDamaged() || opened.upTo() < scan.floor()) {
        opened = replaceValues(opened, scan.floor());
      }
      values = opened;
      entries = openEntries(scan);
      batches = scan.batches();
      done = true;
    } finally {
      if (!done) {
        opened.close();
      }
    }
  }

  /**
   * Opens {@code settings.directory()}, which is there and locked.
   *
   * @param epochs gives names that were never used
   * @param knownLast an offset that readers have seen; 0 for none
   * @throws IOException if it cannot be used at the moment
   */
  static Store open(
      FileJournalSettings settings,
      Supplier<String> epochs,
      LongSupplier clockMillis,
      long knownLast)
      throws IOException {
    return new Store(settings, epochs, clockMillis, knownLast);
  }

  /** Rather nothing at all than a beginning that fails half-way, again and again. */
  private void checkRoom() throws IOException {
    long needed = (long) FILES_AT_ONCE * settings.segmentBytes();
    long free = Files.getFileStore(settings.directory()).getUsableSpace();
    if (free < needed) {
      throw new IOException(
          "there are " + free + " bytes free in " + settings.directory() + "; it takes " + needed);
    }
  }

  private ValueFiles openValues() throws IOException {
    Segments segments =
        new Segments(valuesDirectory, settings.segmentBytes(), settings.fsync(), true);
    boolean done = false;
    try {
      ValueFiles opened = ValueFiles.open(segments);
      done = true;
      return opened;
    } finally {
      if (!done) {
        segments.close();
      }
    }
  }

  private Optional<LifeFile.State> readLife() throws IOException {
    try {
      return lifeFile.read();
    } catch (DamagedException e) {
      warn("its life has no readable name", Directories.putAside(lifeFile.path(), now()));
      return Optional.empty();
    }
  }

  private Lineage judge(
      Optional<LifeFile.State> life, Scan scan, ValueFiles opened, long knownLast) {
    if (life.isEmpty()) {
      return Lineage.of(epochs.get());
    }
    Lineage before = life.get().lineage();
    if (scan.missingWithin() || opened.isDamaged() || opened.upTo() < scan.floor()) {
      LOGGER.log(
          Level.ERROR,
          "Something is missing in the log in {0}: it begins a new life, clients are told of a gap",
          settings.directory());
      return Lineage.of(epochs.get());
    }
    long known = Math.max(Math.max(life.get().last(), opened.upTo()), knownLast);
    if (scan.missingAtEnd() || known > scan.last() || mayBeShort(life.get())) {
      LOGGER.log(
          Level.WARNING,
          "The log in {0} may miss its end after offset {1}: clients that saw more are told",
          settings.directory(),
          String.valueOf(scan.last()));
      return before.next(epochs.get(), scan.last());
    }
    return before;
  }

  /** Whether the system went down, not only the process, while writes were not forced. */
  private static boolean mayBeShort(LifeFile.State life) {
    boolean sameBoot = !life.boot().isEmpty() && life.boot().equals(Boot.id());
    return life.last() < 0 && !life.forced() && !sameBoot;
  }

  private ValueFiles replaceValues(ValueFiles damaged, long floor) throws IOException {
    List<Value> survivors = damaged.takeValues();
    damaged.close();
    warn("current values are missing", Directories.putAside(valuesDirectory, now()));
    ValueFiles fresh = openValues();
    fresh.copy(survivors, Math.max(floor, damaged.upTo()));
    return fresh;
  }

  private EntryFiles openEntries(Scan scan) throws IOException {
    if (scan.missingWithin() || scan.missingAtEnd()) {
      return copyEntries(scan);
    }
    scan.clearTorn();
    return EntryFiles.open(settings, segments(entriesDirectory), scan, clockMillis);
  }

  private Segments segments(Path directory) {
    return new Segments(directory, settings.segmentBytes(), settings.fsync(), false);
  }

  /**
   * Writes what is left into new files, puts the old ones aside, and has the new in their place.
   */
  private EntryFiles copyEntries(Scan scan) throws IOException {
    Path next = settings.directory().resolve("entries.next");
    Directories.delete(next);
    scan.relink();
    try (EntryFiles copy =
        EntryFiles.open(settings, segments(next), Scan.empty(scan.floor()), clockMillis)) {
      for (Batch batch : scan.batches()) {
        copy.copy(batch);
      }
      copy.force();
    }
    warn("entries are missing", Directories.putAside(entriesDirectory, now()));
    Files.move(next, entriesDirectory);
    Directories.force(settings.directory());
    return EntryFiles.open(settings, segments(entriesDirectory), scan, clockMillis);
  }

  private void warn(String what, Path aside) {
    LOGGER.log(Level.ERROR, "In the log {0}; the files are kept in {1}", what, aside);
  }

  private long now() {
    return clockMillis.getAsLong();
  }

  private void write(long last) throws IOException {
    boolean forced = settings.fsync() == Fsync.ALWAYS;
    lifeFile.write(new LifeFile.State(lineage, Boot.id(), forced, last));
  }

  Lineage lineage() {
    return lineage;
  }

  /** The offset before the oldest entry. */
  long floor() {
    return entries.floor();
  }

  /** The offset of the last entry. */
  long last() {
    return entries.last();
  }

  /** What was there when it was opened; gives it once. */
  List<Batch> takeBatches() {
    List<Batch> taken = batches;
    batches = List.of();
    return taken;
  }

  /** The current values that were there when it was opened, in their order; gives them once. */
  List<Entry> takeValues() {
    return values.takeValues().stream()
        .map(Value::entry)
        .filter(Objects::nonNull)
        .sorted(Comparator.comparingLong(Entry::offset))
        .toList();
  }

  List<Entry> append(List<byte[]> contents) throws IOException {
    return entries.append(contents);
  }

  void checkpoint(List<Value> changes, boolean whole, long upTo) throws IOException {
    values.checkpoint(changes, whole, upTo);
  }

  /** Lets go of what is beyond the bounds and whose values are in the checkpoint. */
  void letGo() throws IOException {
    entries.check();
    values.check();
    entries.letGo(values.upTo());
  }

  /** How long until something is to be forced, in ns. */
  long forceInNanos() {
    return entries.forceInNanos();
  }

  void force() throws IOException {
    entries.force();
  }

  /** Notes that nothing is under way; what follows is {@link #close()}. */
  void end() throws IOException {
    if (settings.fsync() == Fsync.INTERVAL) {
      entries.force();
    }
    write(settings.fsync() == Fsync.NEVER ? -1 : entries.last());
  }

  /** Closes the files, and takes away what was begun, which may hold the last of the room. */
  @Override
  public void close() throws IOException {
    entries.close();
    values.close();
    Directories.deleteFiles(entriesDirectory, "*.tmp");
    Directories.deleteFiles(valuesDirectory, "*.tmp");
  }
}
