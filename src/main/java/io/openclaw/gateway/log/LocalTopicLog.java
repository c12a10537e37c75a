package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.PublicationListener;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that is read from the memory of this node, wherever it comes from. Thread-safe. */
public abstract class LocalTopicLog implements TopicLog {
  private final LocalLog local;
  private final List<PublicationListener> listeners = new CopyOnWriteArrayList<>();

  /**
   * @param local what is read
   */
  protected LocalTopicLog(LocalLog local) {
    this.local = local;
  }

  /** What is read. */
  protected final LocalLog local() {
    return local;
  }

  /** Tells the listeners that there is something new to read. */
  protected final void told() {
    listeners.forEach(PublicationListener::appended);
  }

  @Override
  public final void listen(PublicationListener listener) {
    listeners.add(listener);
  }

  @Override
  public final String epoch() {
    return local.epoch();
  }

  @Override
  public final Position head() {
    return local.head();
  }

  @Override
  public final long floor() {
    return local.floor();
  }

  @Override
  public final List<Publication> readAfter(long offset, int limit) {
    return local.readAfter(offset, limit);
  }

  @Override
  public final List<Publication> readAfter(TopicName topic, long offset, int limit) {
    return local.readAfter(topic, offset, limit);
  }

  @Override
  public final Recovery recover(Position position) {
    return local.recover(position);
  }

  @Override
  public final HistoryPage history(HistoryQuery query) {
    return local.history(query);
  }

  @Override
  public final Snapshot snapshot(TopicPattern pattern) {
    return local.snapshot(pattern);
  }
}
