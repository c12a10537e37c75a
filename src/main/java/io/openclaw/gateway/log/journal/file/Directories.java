package io.openclaw.gateway.log.journal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What is done with directories as wholes. */
final class Directories {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);

  private Directories() {}

  /** Has the names in {@code directory} on the disk. */
  static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Moves {@code path} into a directory beside it that is named after the moment; returns that. */
  static Path putAside(Path path, long nowMillis) throws IOException {
    Path aside = path.resolveSibling("damaged-" + STAMP.format(Instant.ofEpochMilli(nowMillis)));
    Files.createDirectories(aside);
    Files.move(path, aside.resolve(path.getFileName()));
    return aside;
  }

  /** Deletes {@code directory}, if it is there, and the files in it. */
  static void delete(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      deleteFiles(directory, "*");
      Files.delete(directory);
    }
  }

  /** Deletes the files in {@code directory} with such names. */
  static void deleteFiles(Path directory, String pattern) throws IOException {
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, pattern)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
  }
}
