package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.PublicationListener;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * All publications of a gateway in one total order, the recent part of them readable again, and the
 * current value of each topic and key. One order means: whoever reads it, by whatever pattern, sees
 * the same publications in the same sequence.
 *
 * <p>Thread-safe. Nothing here blocks on I/O.
 */
public interface TopicLog {
  /**
   * Names its present life. When another begins, offsets of the former one mean nothing any more,
   * unless {@link #recover} says so; whoever follows the log begins anew. Empty while there is
   * nothing that could be relied on: the log was not read yet.
   */
  String epoch();

  /** The last offset up to which all can be read; 0 if there was nothing yet. */
  Position head();

  /**
   * The offset before the oldest publication that can still be read: a reader that has seen it has
   * missed nothing, one that is behind it has.
   */
  long floor();

  /**
   * Appends in the given order and tells the listeners. A log with several writers leaves out what
   * has an event id that it has seen on that topic.
   *
   * @return completes when they are safe and can be read here, with a place for each, in order; or
   *     with {@link LogUnavailableException}, in bounded time
   */
  CompletableFuture<List<Placement>> append(List<Draft> drafts);

  /**
   * The next publications after {@code offset} in log order.
   *
   * @param limit at most so many
   * @return empty if there are none yet; offsets may have holes, and start later if a part is not
   *     retained any more, which only {@link #floor()} tells
   */
  List<Publication> readAfter(long offset, int limit);

  /** Like {@link #readAfter(long, int)} for one topic, found by the index. */
  List<Publication> readAfter(TopicName topic, long offset, int limit);

  /** Whether a reader that has seen everything up to {@code position} can go on without a gap. */
  Recovery recover(Position position);

  /** One page of the past of the topics that match. May be costly for patterns with wildcards. */
  HistoryPage history(HistoryQuery query);

  /** The current values of all matching topics, and the position at which they were current. */
  Snapshot snapshot(TopicPattern pattern);

  /** Adds a listener for the life of the log. */
  void listen(PublicationListener listener);

  /** Why it cannot be used at the moment, in words for an operator; empty if it can. */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /**
   * Whether what it holds ends with this process. A source that is acknowledged for a publication
   * of such a log must not have let anybody see it before.
   */
  boolean isVolatile();
}
