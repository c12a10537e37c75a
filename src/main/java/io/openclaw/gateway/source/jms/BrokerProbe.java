package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.source.Pause;
import io.openclaw.gateway.source.SourceState;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.source.StallGuard;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Looks every few seconds whether the broker has the queue of the message-driven bean, because the
 * container, which consumes it, tells nobody. State may be read from any thread.
 */
final class BrokerProbe implements Runnable {
  private static final Logger LOG = System.getLogger(BrokerProbe.class.getName());
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final String name;
  private final String queue;
  private final ConnectionFactory connections;
  private final Pause pause = new Pause();
  private final StallGuard guard = new StallGuard(Duration.ofSeconds(5));
  private volatile SourceState state;

  BrokerProbe(String queue, ConnectionFactory connections) {
    this.name = "jms:" + queue;
    this.queue = queue;
    this.connections = connections;
    this.state = SourceState.of(name, Status.STARTING);
  }

  @Override
  public void run() {
    while (!pause.isOver()) {
      note(look());
      pause.await(INTERVAL);
    }
    state = SourceState.of(name, Status.STOPPED);
  }

  void stop() {
    pause.end();
  }

  SourceState state() {
    return guard.judge(state);
  }

  private SourceState look() {
    guard.begin();
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession();
        MessageProducer asksForTheQueue = session.createProducer(session.createQueue(queue))) {
      LOG.log(Level.TRACE, "{0}: {1}", name, asksForTheQueue);
      return SourceState.of(name, Status.UP);
    } catch (JMSException | RuntimeException e) {
      return SourceState.down(name, String.valueOf(e.getMessage()));
    } finally {
      guard.end();
    }
  }

  private void note(SourceState now) {
    if (now.status() != state.status()) {
      Level level = now.isReady() ? Level.INFO : Level.WARNING;
      LOG.log(level, "{0}: {1} {2}", name, now.status(), now.reason());
    }
    state = now;
  }
}
