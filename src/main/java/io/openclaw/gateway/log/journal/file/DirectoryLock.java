package io.openclaw.gateway.log.journal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a directory for one process; goes with the process, however that ends. */
final class DirectoryLock implements AutoCloseable {
  private final Path directory;
  private final FileChannel channel;
  private final FileLock lock;

  private DirectoryLock(Path directory, FileChannel channel, FileLock lock) {
    this.directory = directory;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes {@code directory}, and makes it if it is not there.
   *
   * @throws IOException if somebody else has it
   */
  static DirectoryLock take(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw inUse(directory);
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw inUse(directory);
    }
    return new DirectoryLock(directory, channel, lock);
  }

  private static IOException inUse(Path directory) {
    return new IOException("another gateway uses " + directory);
  }

  /**
   * @throws IOException if it is lost
   */
  void check() throws IOException {
    if (!lock.isValid()) {
      throw inUse(directory);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
