package io.openclaw.gateway.source;

import io.openclaw.gateway.log.HistoryPage;
import io.openclaw.gateway.log.HistoryQuery;
import io.openclaw.gateway.log.Placement;
import io.openclaw.gateway.log.Recovery;
import io.openclaw.gateway.log.Snapshot;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.PublicationListener;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A log with an action that runs between the moment when events are taken and the moment when the
 * source acknowledges them.
 */
public record InterceptedLog(
    TopicLog log, Runnable action, Runnable beforeAppend, AtomicBoolean asked) implements TopicLog {
  public InterceptedLog(TopicLog log, Runnable action) {
    this(log, action, () -> {}, new AtomicBoolean());
  }

  /** One with an action that runs before events are appended. */
  public static InterceptedLog beforeAppend(TopicLog log, Runnable action) {
    return new InterceptedLog(log, () -> {}, action, new AtomicBoolean());
  }

  /** First asked when an ingest is made for the log, then for each batch taken. */
  @Override
  public boolean isVolatile() {
    if (asked.getAndSet(true)) {
      action.run();
    }
    return log.isVolatile();
  }

  @Override
  public String epoch() {
    return log.epoch();
  }

  @Override
  public Position head() {
    return log.head();
  }

  @Override
  public long floor() {
    return log.floor();
  }

  @Override
  public CompletableFuture<List<Placement>> append(List<Draft> drafts) {
    beforeAppend.run();
    return log.append(drafts);
  }

  @Override
  public List<Publication> readAfter(long offset, int limit) {
    return log.readAfter(offset, limit);
  }

  @Override
  public List<Publication> readAfter(TopicName topic, long offset, int limit) {
    return log.readAfter(topic, offset, limit);
  }

  @Override
  public Recovery recover(Position position) {
    return log.recover(position);
  }

  @Override
  public HistoryPage history(HistoryQuery query) {
    return log.history(query);
  }

  @Override
  public Snapshot snapshot(TopicPattern pattern) {
    return log.snapshot(pattern);
  }

  @Override
  public void listen(PublicationListener listener) {
    log.listen(listener);
  }
}
