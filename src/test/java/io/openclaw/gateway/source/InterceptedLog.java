package io.openclaw.gateway.source;

import io.openclaw.gateway.log.HistoryPage;
import io.openclaw.gateway.log.HistoryQuery;
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

/**
 * A log with an action that runs between the moment when events are taken and the moment when the
 * source acknowledges them.
 */
public record InterceptedLog(TopicLog log, Runnable action) implements TopicLog {
  @Override
  public boolean isVolatile() {
    action.run();
    return log.isVolatile();
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
  public List<Publication> append(List<Draft> drafts) {
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
