package io.openclaw.gateway.wiring.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code openclaw.yaml} that may change while the gateway runs. Whoever asks from time to time
 * is told what became of it:
 *
 * <ol>
 *   <li>a file whose time of change and size are those of the last reading is unchanged;
 *   <li>one that differs is read when two checks in a row find it the same: a file is not read
 *       while it is being written;
 *   <li>what is read and has no fault is the new configuration;
 *   <li>a fault, or a file that is gone, is told once, and the configuration before stays.
 * </ol>
 *
 * Reads files, so it may block. Confined to one thread at a time.
 */
final class ConfigurationFile {
  private final Path path;
  private final ConfigurationReader reader;
  private Stamp lastRead = Stamp.MISSING;
  private @Nullable Stamp waiting;

  ConfigurationFile(Path path, ConfigurationReader reader) {
    this.path = path;
    this.reader = reader;
  }

  /** What a check found. */
  sealed interface Reload {
    /** The configuration before still counts. */
    record Unchanged() implements Reload {}

    /** A new configuration without fault. */
    record Changed(GatewayConfiguration configuration) implements Reload {}

    /** The file cannot be used as it is now; told once. */
    record Rejected(String message) implements Reload {}
  }

  /** Tells apart what was read from what is there. */
  private record Stamp(FileTime modified, long size, @Nullable Object key) {
    static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1, null);

    static Stamp of(Path path) {
      try {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
        return new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
      } catch (IOException e) {
        return MISSING;
      }
    }
  }

  /**
   * Reads it now.
   *
   * @throws ConfigurationException if it cannot be read or has faults
   */
  GatewayConfiguration load() {
    lastRead = Stamp.of(path);
    return reader.read(String.valueOf(path.getFileName()), text());
  }

  private String text() {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new ConfigurationException(
          List.of(
              "openclaw.config = \""
                  + path
                  + "\": allowed is the path of a UTF-8 file that can be read"));
    }
  }

  /** Looks whether it has changed. */
  Reload check() {
    Stamp now = Stamp.of(path);
    boolean stable = now.equals(waiting);
    waiting = now;
    if (now.equals(lastRead) || !stable) {
      return new Reload.Unchanged();
    }
    try {
      return new Reload.Changed(load());
    } catch (ConfigurationException e) {
      return new Reload.Rejected(String.valueOf(e.getMessage()));
    }
  }
}
