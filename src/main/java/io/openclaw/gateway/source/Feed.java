package io.openclaw.gateway.source;

import java.util.Optional;

/**
 * One connection of a source to its neighbour, driven by a {@link SourceLoop}. After whatever
 * failure it is closed and another one is opened. Confined to the thread of the loop; each call may
 * block, but not much longer than a second when there is nothing to do.
 */
public interface Feed extends AutoCloseable {
  /** What a call of {@link #take} found. */
  enum Progress {
    /** Events came; there may be more. */
    BUSY,
    /** Nothing was waiting. */
    IDLE,
    /** Another node reads; this one would take over. */
    STANDBY,
    /**
     * The neighbour does not answer. The feed goes on trying by itself, and says in {@link #remark}
     * what is wrong; for those that would lose their place by being closed.
     */
    AWAY
  }

  /** Opens a connection; fails if the neighbour cannot be reached. */
  @FunctionalInterface
  interface Opener {
    Feed open() throws Exception;
  }

  /**
   * Takes what is waiting, at most one batch: stages it, puts aside what can never work,
   * acknowledges, settles. Waits up to about a second if nothing is there.
   *
   * @throws Exception if anything failed: what was not acknowledged comes again
   */
  Progress take() throws Exception;

  /** Called again and again in the place of {@link #take} while the source is paused. */
  default void keepAlive() throws Exception {}

  /** What is waiting at the neighbour, if it can tell; asked at most once a second. */
  default Optional<Lag> lag() throws Exception {
    return Optional.empty();
  }

  /** What an operator should know although it works; empty if there is nothing. */
  default String remark() {
    return "";
  }

  /** Gives the connection back; must not throw, whatever state it is in. */
  @Override
  void close();
}
