package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.source.SourceOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of routes in a directory, which may come, change and go while the gateway runs:
 *
 * <ol>
 *   <li>every file {@code NAME.yaml} in it counts, those in directories below it do not;
 *   <li>a file is read when two looks in a row find it with the same time and size: not while it is
 *       being written; until then the text before counts;
 *   <li>one that cannot be read, or is too large, is there with the reason;
 *   <li>one that the configuration names is there even if there is no such file;
 *   <li>if the directory cannot be read, what was there before counts.
 * </ol>
 *
 * Reads files, so it may block. Confined to one thread at a time.
 */
public final class RouteDirectory {
  /** A route that nobody named in the configuration must not make the whole gateway unready. */
  static final SourceOptions UNNAMED =
      new SourceOptions(
          SourceOptions.DEFAULT.failure(), SourceOptions.DEFAULT.deadLetters(), false, false);

  private static final Logger LOG = System.getLogger(RouteDirectory.class.getName());
  private static final long MAX_BYTES = 1 << 20;

  private final @Nullable Path directory;
  private Map<String, Entry> entries = new TreeMap<>();
  private boolean readable = true;
  private boolean first = true;

  /**
   * @param directory null if there is none
   */
  public RouteDirectory(@Nullable Path directory) {
    this.directory = directory;
  }

  private record Stamp(FileTime modified, long size, @Nullable Object key) {}

  /** What was read with which stamp; text and fault are those of the stamp before while waiting. */
  private record Entry(Stamp stamp, boolean read, String text, String fault) {}

  /**
   * Looks at the directory.
   *
   * @param named those that the configuration names
   */
  public List<RouteFileSettings> look(List<RouteFileOptions> named) {
    Map<String, SourceOptions> options = new TreeMap<>();
    named.forEach(one -> options.put(one.file(), one.options()));
    if (directory != null) {
      look(directory);
    }
    List<RouteFileSettings> files = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          if (entry.read() || !entry.text().isEmpty() || !entry.fault().isEmpty()) {
            files.add(
                new RouteFileSettings(
                    name, entry.text(), entry.fault(), options.getOrDefault(name, UNNAMED)));
          }
        });
    options.forEach(
        (name, one) -> {
          if (!entries.containsKey(name)) {
            files.add(new RouteFileSettings(name, "", "there is no such file", one));
          }
        });
    return files;
  }

  private void look(Path directory) {
    Map<String, Entry> now = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (RouteFileSettings.isFileName(name) && Files.isRegularFile(file)) {
          now.put(name, entry(file, entries.get(name)));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      if (readable) {
        LOG.log(Level.WARNING, "the directory of routes {0} cannot be read: {1}", directory, e);
      }
      readable = false;
      return;
    }
    readable = true;
    first = false;
    entries = now;
  }

  private Entry entry(Path file, @Nullable Entry before) {
    Stamp stamp;
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      stamp = new Stamp(now.lastModifiedTime(), now.size(), now.fileKey());
    } catch (IOException e) {
      return new Entry(new Stamp(FileTime.fromMillis(0), -1, null), true, "", fault(e));
    }
    if (before != null && before.stamp().equals(stamp)) {
      return before.read() ? before : read(file, stamp);
    }
    return first
        ? read(file, stamp)
        : new Entry(
            stamp,
            false,
            before == null ? "" : before.text(),
            before == null ? "" : before.fault());
  }

  private static Entry read(Path file, Stamp stamp) {
    if (stamp.size() > MAX_BYTES) {
      return new Entry(stamp, true, "", "a file of routes has at most " + MAX_BYTES + " bytes");
    }
    try {
      return new Entry(stamp, true, Files.readString(file), "");
    } catch (IOException e) {
      return new Entry(stamp, true, "", fault(e));
    }
  }

  private static String fault(IOException e) {
    return "the file cannot be read as UTF-8 (" + e.getClass().getSimpleName() + ")";
  }
}
