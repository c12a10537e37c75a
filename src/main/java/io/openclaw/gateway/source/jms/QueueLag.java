package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.source.Lag;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How many messages wait in a queue, as Artemis says; where that cannot be asked, or a selector
 * takes some of them only, by browsing it up to a bound: JMS has no other way. For a topic nobody
 * can tell. Confined to the thread that asks.
 */
final class QueueLag {
  private static final int MAX_COUNTED = 200;

  private final ConnectionFactory connections;
  private final JmsDestination destination;
  private final @Nullable String selector;
  private final ArtemisCount artemis = new ArtemisCount();

  QueueLag(ConnectionFactory connections, JmsDestination destination, @Nullable String selector) {
    this.connections = connections;
    this.destination = destination;
    this.selector = selector;
  }

  /**
   * Counts.
   *
   * @throws JMSException if the broker cannot be reached
   */
  Optional<Lag> read() throws JMSException {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession()) {
      if (!(destination instanceof JmsDestination.Queue queue)) {
        return Optional.empty();
      }
      connection.start();
      OptionalLong told =
          selector == null ? artemis.read(connection, session, queue.name()) : OptionalLong.empty();
      if (told.isPresent()) {
        return Optional.of(Lag.events(told.getAsLong()));
      }
      try (QueueBrowser browser =
          session.createBrowser(session.createQueue(queue.name()), selector)) {
        return Optional.of(Lag.events(count(browser.getEnumeration())));
      }
    }
  }

  private static long count(Enumeration<?> messages) {
    long count = 0;
    while (count < MAX_COUNTED && messages.hasMoreElements()) {
      messages.nextElement();
      count++;
    }
    return count;
  }
}
