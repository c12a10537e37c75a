package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.source.Lag;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceCounters;
import io.openclaw.gateway.source.SourceState;
import java.time.Duration;
import java.util.Optional;

/**
 * The message-driven bean as a source. The container starts and stops the bean; here its queue is
 * watched.
 *
 * @param watch looks after the queue, and counts what the bean does
 */
record BeanSource(Source watch) implements Source {
  @Override
  public SourceState state() {
    return watch.state();
  }

  @Override
  public SourceCounters.Counts counts() {
    return watch.counts();
  }

  @Override
  public Optional<Lag> lag() {
    return watch.lag();
  }

  @Override
  public void start() {
    watch.start();
  }

  /** Jakarta EE has no way to pause a bean. */
  @Override
  public void pause() {
    throw new UnsupportedOperationException(
        "a message-driven bean cannot be paused: pause its queue at the broker");
  }

  @Override
  public void resume() {
    watch.resume();
  }

  @Override
  public void stop(Duration patience) {
    watch.stop(patience);
  }
}
