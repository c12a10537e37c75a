package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.dev.BrokerProcess;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceContract;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceOptions;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract with a queue of a real Artemis. */
class JmsContractIT extends SourceContract {
  private static final int BATCH_SIZE = 200;

  @TempDir private Path directory;
  private BrokerProcess broker;

  @BeforeEach
  void launch() {
    broker = BrokerProcess.start(Ports.free(), directory);
  }

  @Override
  protected void stopNeighbour() {
    broker.close();
  }

  @Override
  protected Source source(Ingest ingest, FailurePolicy policy, SourceLoop.Parts parts) {
    JmsSourceSettings settings =
        new JmsSourceSettings(
            "in",
            new JmsDestination.Queue("in"),
            "contract/${property.key}",
            null,
            null,
            new SourceOptions(policy, "", true, false));
    JmsInbox inbox =
        new JmsInbox(settings, JmsMapping.of(settings, MAX_PAYLOAD_BYTES), ingest, BATCH_SIZE);
    return new SourceLoop(settings, () -> feed(settings, inbox), inbox.counters(), parts);
  }

  private JmsFeed feed(JmsSourceSettings settings, JmsInbox inbox) {
    ConnectionFactory connections = Broker.impatientFactory(broker.port());
    return new JmsFeed(
        settings,
        inbox,
        new LocalTransactions(connections),
        new JmsDeadLetters("dead"),
        new QueueLag(connections, settings.destination(), null));
  }

  @Override
  protected void send(List<Event> events) {
    while (true) {
      try (JMSContext context = transacted()) {
        JMSProducer producer = context.createProducer();
        for (Event event : events) {
          producer
              .setProperty("key", event.key())
              .setProperty("eventId", event.key() + "-" + event.number())
              .send(context.createQueue("in"), String.valueOf(event.number()));
        }
        context.commit();
        return;
      } catch (JMSRuntimeException e) {
        Thread.onSpinWait(); // the broker is away: the same messages again
      }
    }
  }

  private JMSContext transacted() {
    return Broker.impatientFactory(broker.port()).createContext(JMSContext.SESSION_TRANSACTED);
  }

  @Override
  protected void sendPoison() {
    try (JMSContext context = transacted()) {
      context
          .createProducer()
          .setProperty("key", "a")
          .send(context.createQueue("in"), new byte[MAX_PAYLOAD_BYTES + 1]);
      context.commit();
    }
  }

  @Override
  protected List<String> deadLetters() throws JMSException {
    try (JMSContext context = transacted();
        QueueBrowser browser = context.createBrowser(context.createQueue("dead"))) {
      List<String> reasons = new ArrayList<>();
      Enumeration<?> letters = browser.getEnumeration();
      while (letters.hasMoreElements()) {
        reasons.add(((Message) letters.nextElement()).getStringProperty("openclaw_reason"));
      }
      return reasons;
    }
  }

  @Override
  protected void killNeighbour() {
    broker.kill();
  }

  @Override
  protected void restartNeighbour() {
    broker.restart();
  }
}
