package io.openclaw.gateway.log.journal.file;

/**
 * When what was written is forced to the disk; the death of the process alone never takes anything.
 */
public enum Fsync {
  /** Before it counts as written: a power failure takes nothing that was acknowledged. */
  ALWAYS,
  /** A moment later: a power failure takes at most what came within that moment. */
  INTERVAL,
  /** When the operating system likes. */
  NEVER
}
