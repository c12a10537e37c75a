package io.openclaw.gateway.topic;

/** Is told that a log has grown. Fan-out implements it. */
@FunctionalInterface
public interface PublicationListener {
  /**
   * Called after publications became readable, by the thread that appended them, without any lock
   * held. It must return at once: no I/O, no waiting. Calls may be late and may overtake each
   * other; what there is to read is asked of the log.
   */
  void appended();
}
