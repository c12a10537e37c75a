package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.source.Feed;
import io.openclaw.gateway.source.Lag;
import io.openclaw.gateway.source.Pause;
import jakarta.jms.JMSException;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches the queue of the message-driven bean: the container, which consumes it, tells nobody
 * whether the broker is there. It brings no events itself. Confined to the thread of its loop.
 */
final class BeanFeed implements Feed {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final QueueLag lag;
  private final Surge surge;
  private final Pause pause = new Pause();
  private Optional<Lag> last = Optional.empty();

  BeanFeed(QueueLag lag, Surge surge) {
    this.lag = lag;
    this.surge = surge;
  }

  @Override
  public Progress take() throws JMSException {
    last = read();
    pause.await(INTERVAL);
    return Progress.IDLE;
  }

  private Optional<Lag> read() throws JMSException {
    boolean done = false;
    try {
      Optional<Lag> read = lag.read();
      done = true;
      return read;
    } finally {
      if (!done) {
        surge.end();
      }
    }
  }

  @Override
  public Optional<Lag> lag() {
    return last;
  }

  @Override
  public void close() {
    // It holds nothing between two looks.
  }
}
