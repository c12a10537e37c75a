package io.openclaw.gateway.log.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.activemq.artemis.core.journal.RecordInfo;
import org.apache.activemq.artemis.core.journal.impl.JournalFile;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;

/**
 * Looks whether the entries in a directory are all that were written there. In this order:
 *
 * <ol>
 *   <li>a file whose head is not readable is out of the way from then on, and something is missing;
 *   <li>a record with another checksum is none;
 *   <li>records up to the floor that was noted last do not count;
 *   <li>a record must name the one before it, and the first one an entry not above the floor;
 *       otherwise something is <i>missing within</i>;
 *   <li>after the last record there must be nothing, or the beginning of a record that was never
 *       finished; otherwise something is <i>missing at the end</i>.
 * </ol>
 *
 * Confined to one thread.
 */
final class Scan {
  private final Contents contents = new Contents();
  private final List<Batch> batches = new ArrayList<>();
  private final List<Tail> torn = new ArrayList<>();
  private long floor;
  private boolean missingWithin;
  private boolean missingAtEnd;

  private Scan() {}

  /** Looks at {@code directory}, which may not be there; changes nothing but names of bad files. */
  static Scan of(Path directory) throws IOException {
    Scan scan = new Scan();
    if (Files.isDirectory(directory)) {
      scan.putBadFilesAside(directory);
      scan.look(directory);
    }
    return scan;
  }

  private void putBadFilesAside(Path directory) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, "*." + Segments.EXTENSION)) {
      for (Path file : files) {
        if (!hasHead(file)) {
          missingWithin = true;
          Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"));
        }
      }
    }
  }

  private static boolean hasHead(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer head = ByteBuffer.allocate(JournalImpl.SIZE_HEADER);
      return channel.read(head) == JournalImpl.SIZE_HEADER
          && head.getInt(0) == JournalImpl.FORMAT_VERSION
          && head.getInt(4) == 0
          && file.endsWith(Segments.name(head.getLong(8)));
    }
  }

  private void look(Path directory) throws IOException {
    List<Tail> tails = new ArrayList<>();
    for (JournalFile file : Segments.filesIn(directory)) {
      int before = contents.count();
      int end = Segments.read(directory, file, contents);
      if (contents.count() > before) {
        tails.clear();
      }
      tails.add(Tail.of(file, end));
    }
    judge();
    tails.forEach(this::judge);
  }

  private void judge(Tail tail) {
    if (tail.isDamaged(last() + 1)) {
      missingAtEnd = true;
    } else if (!tail.isEmpty()) {
      torn.add(tail);
    }
  }

  private void judge() {
    List<RecordInfo> records = new ArrayList<>(contents.records());
    records.sort(Comparator.comparingLong(record -> record.id));
    long lastId = 0;
    for (RecordInfo record : records) {
      lastId = record.id;
      decode(record);
    }
    missingAtEnd = lastId > last();
    floor = Math.max(notedFloor(), batches.isEmpty() ? 0 : newest().floor());
    batches.removeIf(batch -> batch.last() <= floor);
    link();
  }

  private void decode(RecordInfo record) {
    try {
      Batch batch = Batch.decode(record.data);
      if (batch.first() == record.id) {
        batches.add(batch);
      }
    } catch (DamagedException e) {
      // What is missing is noticed by what is there.
      missingWithin |= batches.isEmpty();
    }
  }

  private long notedFloor() {
    long noted = 0;
    for (RecordInfo note : contents.notes()) {
      noted = Math.max(noted, Floor.decode(note.data));
    }
    return noted;
  }

  private void link() {
    long previous = floor;
    for (Batch batch : batches) {
      boolean first = previous == floor;
      missingWithin |= first ? batch.previous() > floor : batch.previous() != previous;
      previous = batch.last();
    }
  }

  private Batch newest() {
    return batches.get(batches.size() - 1);
  }

  /** What is there, in order. */
  List<Batch> batches() {
    return batches;
  }

  /** The offset before the oldest that is kept. */
  long floor() {
    return floor;
  }

  /** The offset of the last entry; the floor if there is none. */
  long last() {
    return batches.isEmpty() ? floor : newest().last();
  }

  /** Nothing, after {@code floor}. */
  static Scan empty(long floor) {
    Scan scan = new Scan();
    scan.floor = floor;
    return scan;
  }

  /** Has each batch name the one that is before it now. */
  void relink() {
    long previous = floor;
    for (int i = 0; i < batches.size(); i++) {
      batches.set(i, batches.get(i).after(previous));
      previous = batches.get(i).last();
    }
  }

  /** Whether something is missing that had something after it. */
  boolean missingWithin() {
    return missingWithin;
  }

  /** Whether something is missing that was the last. */
  boolean missingAtEnd() {
    return missingAtEnd;
  }

  /** Clears what was begun and never finished, so that it is not found again after what follows. */
  void clearTorn() throws IOException {
    for (Tail tail : torn) {
      tail.clear();
    }
  }
}
