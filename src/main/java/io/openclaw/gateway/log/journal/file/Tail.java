package io.openclaw.gateway.log.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.activemq.artemis.core.journal.impl.JournalFile;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;

/**
 * What follows the last record of a file. Files are filled with noughts when they are made, and
 * used once, so:
 *
 * <ol>
 *   <li>noughts: nothing was written there;
 *   <li>the beginning of the next record without its end: the process was killed, or the disk was
 *       full, in the middle of a write, which was never acknowledged;
 *   <li>a deletion or a note that cannot be read: nothing is lost with it;
 *   <li>anything else: there was a record, which is damaged.
 * </ol>
 */
final class Tail {
  private static final int HEAD_BYTES = 1 + 4 + 1 + 8 + 4 + 1;
  private static final int CHECK_BYTES = 4;
  private static final int SMALL_BYTES = 64;

  private final Path file;
  private final int fileId;
  private final int start;
  private final ByteBuffer bytes;
  private final int end;

  private Tail(JournalFile of, int start) throws IOException {
    this.file = of.getFile().getJavaFile().toPath();
    this.fileId = of.getRecordID();
    this.start = start;
    this.bytes = read(file, start);
    this.end = endOf(bytes);
  }

  /**
   * @param start where the last record ends
   */
  static Tail of(JournalFile file, int start) throws IOException {
    return new Tail(file, Math.max(start, JournalImpl.SIZE_HEADER));
  }

  private static ByteBuffer read(Path file, int start) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer read = ByteBuffer.allocate((int) Math.max(0, channel.size() - start));
      int count = 0;
      while (read.hasRemaining() && count >= 0) {
        count = channel.read(read, start + read.position());
      }
      return read.flip();
    }
  }

  private static int endOf(ByteBuffer bytes) {
    int end = bytes.limit();
    while (end > 0 && bytes.get(end - 1) == 0) {
      end--;
    }
    return end;
  }

  boolean isEmpty() {
    return end == 0;
  }

  /**
   * @param nextId the id that the next record has
   */
  boolean isDamaged(long nextId) {
    return !isEmpty() && !isTorn(nextId) && !isSmall();
  }

  private boolean isTorn(long nextId) {
    if (end < HEAD_BYTES) {
      return bytes.get(0) == JournalImpl.ADD_RECORD;
    }
    int size = bytes.getInt(14);
    return bytes.get(0) == JournalImpl.ADD_RECORD
        && bytes.getInt(1) == fileId
        && bytes.getLong(6) == nextId
        && size >= 0
        && (long) HEAD_BYTES + size + CHECK_BYTES <= bytes.limit()
        && end <= HEAD_BYTES + size;
  }

  private boolean isSmall() {
    return end < SMALL_BYTES
        && (bytes.get(0) == JournalImpl.DELETE_RECORD || bytes.get(0) == JournalImpl.EVENT_RECORD);
  }

  /** Makes noughts of it. */
  void clear() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer noughts = ByteBuffer.allocate(end);
      while (noughts.hasRemaining()) {
        channel.write(noughts, start + noughts.position());
      }
      channel.force(false);
    }
  }
}
