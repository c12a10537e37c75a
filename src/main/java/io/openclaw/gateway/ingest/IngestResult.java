package io.openclaw.gateway.ingest;

import io.openclaw.gateway.topic.Position;

/** What became of a source event. Every outcome a source must tell apart is here. */
public sealed interface IngestResult {
  /**
   * It is in the log.
   *
   * @param position where
   */
  record Published(Position position) implements IngestResult {}

  /**
   * The same event id was published on that topic before; nothing was appended. Acknowledge it.
   *
   * @param position where the first one is; offset 0 while that one is staged and not settled yet
   */
  record Duplicate(Position position) implements IngestResult {}

  /**
   * It can never work: a broken topic name, too large. Trying again does not help.
   *
   * @param code {@code bad_request} or {@code too_large}
   * @param reason what was wrong and what is allowed; safe to show to the sender
   */
  record Rejected(String code, String reason) implements IngestResult {}
}
