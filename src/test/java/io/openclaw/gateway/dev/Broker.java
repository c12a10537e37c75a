package io.openclaw.gateway.dev;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/**
 * A real Artemis broker inside this JVM, on loopback, with its journal in a given directory:
 * started again on the same directory it still has every persistent message that it had accepted.
 */
public final class Broker implements AutoCloseable {
  /** The queue that the gateway reads. */
  public static final String EVENTS = "openclaw.events";

  /** Where messages go that never worked. */
  public static final String DEAD = "openclaw.events.dead";

  /** The port that brokers have when nobody says otherwise. */
  public static final int USUAL_PORT = 61616;

  /** How long a write may wait for others: the usual 3.3 ms would be most of an event's way. */
  private static final int JOURNAL_FLUSH_NANOS = 200_000;

  private static final int MAX_DELIVERY_ATTEMPTS = 10;

  /** Writes lines for each message unless it is told not to. */
  private static final Logger AUDIT = Logger.getLogger("org.apache.activemq.audit");

  private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
  private final int port;

  private Broker(int port) {
    this.port = port;
  }

  /**
   * Starts a broker and returns when it accepts connections.
   *
   * @param directory for the journal, paging and large messages; made if absent
   */
  public static Broker start(int port, Path directory) throws Exception {
    Broker broker = new Broker(port);
    broker.server.setConfiguration(configuration(port, directory));
    broker.server.start();
    return broker;
  }

  /** A factory for clients of the broker on this port; after a cut they connect again for ever. */
  public static ConnectionFactory connectionFactory(int port) {
    return new ActiveMQConnectionFactory(url(port) + "?reconnectAttempts=-1");
  }

  /** A factory for clients that give up at once when there is no broker. */
  public static ConnectionFactory impatientFactory(int port) {
    return new ActiveMQConnectionFactory(url(port));
  }

  /** The address that Artemis clients take. */
  public static String url(int port) {
    return "tcp://127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the broker did not stop", e);
    }
  }

  /** Runs a broker until the process ends: arguments are port and directory. */
  @SuppressWarnings("resource") // its life is that of the process
  public static void main(String[] args) throws Exception {
    AUDIT.setLevel(Level.WARNING);
    start(Integer.parseInt(args[0]), Path.of(args[1]));
    System.out.println(BrokerProcess.READY);
    Thread.currentThread().join();
  }

  private static Configuration configuration(int port, Path directory) throws Exception {
    return new ConfigurationImpl()
        .setName("openclaw-dev")
        .setPersistenceEnabled(true)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .setJournalType(JournalType.NIO)
        .setJournalBufferTimeout_NIO(JOURNAL_FLUSH_NANOS)
        .setMaxDiskUsage(-1)
        .setJournalDirectory(directory.resolve("journal").toString())
        .setBindingsDirectory(directory.resolve("bindings").toString())
        .setPagingDirectory(directory.resolve("paging").toString())
        .setLargeMessagesDirectory(directory.resolve("large-messages").toString())
        .setNodeManagerLockDirectory(directory.resolve("journal").toString())
        .addAcceptorConfiguration("loopback", url(port))
        .addQueueConfiguration(queue(EVENTS))
        .addQueueConfiguration(queue(DEAD))
        .addAddressSetting("#", redelivery());
  }

  private static QueueConfiguration queue(String name) {
    return QueueConfiguration.of(name).setRoutingType(RoutingType.ANYCAST).setDurable(true);
  }

  /** No delay before a message is delivered again: those behind it would overtake it. */
  private static AddressSettings redelivery() {
    return new AddressSettings()
        .setDeadLetterAddress(SimpleString.of(DEAD))
        .setMaxDeliveryAttempts(MAX_DELIVERY_ATTEMPTS)
        .setRedeliveryDelay(0);
  }
}
