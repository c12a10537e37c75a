package io.openclaw.gateway.log.journal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The present run of the operating system. */
final class Boot {
  private static final Path ID = Path.of("/proc/sys/kernel/random/boot_id");

  private Boot() {}

  /** Names it; empty where it has no name. */
  static String id() {
    try {
      return Files.readString(ID).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
