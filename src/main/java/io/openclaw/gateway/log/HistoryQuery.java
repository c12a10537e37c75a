package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.TopicPattern;

/**
 * Asks for a page of the past: publications with {@code after < offset < before} of the matching
 * topics.
 *
 * @param pattern topics asked for
 * @param after only newer than this offset; 0 for no bound
 * @param before only older than this offset; {@link Long#MAX_VALUE} for no bound
 * @param limit at most so many, 1 or more
 * @param reverse newest first; otherwise oldest first
 */
public record HistoryQuery(
    TopicPattern pattern, long after, long before, int limit, boolean reverse) {
  /**
   * @throws IllegalArgumentException if the limit is below 1
   */
  public HistoryQuery {
    if (limit < 1) {
      throw new IllegalArgumentException("limit is 1 or more");
    }
  }

  /** The newest {@code limit} publications of {@code pattern}, newest first. */
  public static HistoryQuery newest(TopicPattern pattern, int limit) {
    return new HistoryQuery(pattern, 0, Long.MAX_VALUE, limit, true);
  }
}
