package io.openclaw.gateway.log.journal.file;

import java.io.IOException;

/** What is on the disk is not what was written there. */
final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedException(String message) {
    super(message);
  }
}
