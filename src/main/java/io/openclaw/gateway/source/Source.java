package io.openclaw.gateway.source;

import java.time.Duration;
import java.util.Optional;

/**
 * Something that brings events, as those see it who run it. Whatever it reads from, it keeps to
 * this:
 *
 * <ol>
 *   <li>a neighbour that is away is tried again for ever, with growing pauses;
 *   <li>an event is acknowledged only after the gateway has it, so it comes at least once; its id
 *       is the same each time, so it is published once;
 *   <li>events of one key keep their order;
 *   <li>what is under way is bounded: the rest waits at the neighbour, and shows as lag;
 *   <li>an event that can never work does not stop those behind it, see {@link FailurePolicy};
 *   <li>a source that fails does not touch the others.
 * </ol>
 *
 * Thread-safe; only {@link #stop} waits.
 */
public interface Source {
  /** How it is doing; its name is the same for ever. */
  SourceState state();

  /** What it has done since it was made. */
  SourceCounters.Counts counts();

  /** What is waiting at the neighbour, as last seen; empty where nobody can tell. */
  Optional<Lag> lag();

  /** Begins; returns at once. Called once. */
  void start();

  /**
   * Takes nothing more until {@link #resume}; keeps its place.
   *
   * @throws UnsupportedOperationException with words for the operator, if it cannot
   */
  void pause();

  /** Goes on after {@link #pause}. */
  void resume();

  /** Lets the batch under way end, and waits for that up to {@code patience}. */
  void stop(Duration patience);
}
