package io.openclaw.push;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.TextMessage;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.transaction.Transactional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * Publishes through the queue of the gateway. The broker takes part in the transaction of the
 * caller; beside a database that makes two parts, which the server commits one after the other: see
 * {@link OutboxPush} for one.
 *
 * <p>Needs a resource reference {@code jms/openclaw} to a connection factory of the gateway's
 * broker that takes part in transactions. The queue is {@code openclaw.events}, or what the system
 * property {@code openclaw.jms.queue} says.
 */
@ApplicationScoped
@Transactional
public class JmsPush implements Push {
  private static final String CONNECTIONS = "java:comp/env/jms/openclaw";

  private ConnectionFactory connections;
  private Jsonb jsonb;
  private String queue;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public JmsPush() {}

  @PostConstruct
  @SuppressWarnings("BanJNDI") // of the application's own names, and a constant
  void start() {
    jsonb = JsonbBuilder.create();
    queue = System.getProperty("openclaw.jms.queue", "openclaw.events");
    try {
      connections = InitialContext.doLookup(CONNECTIONS);
    } catch (NamingException e) {
      throw new PushException("there is no connection factory " + CONNECTIONS, e);
    }
  }

  @Override
  public void publish(PushEvent event) {
    try (JMSContext context = connections.createContext()) {
      context.createProducer().send(context.createQueue(queue), message(context, event));
    } catch (JMSException | JMSRuntimeException e) {
      throw new PushException("the broker did not take an event for " + event.topic(), e);
    }
  }

  private TextMessage message(JMSContext context, PushEvent event) throws JMSException {
    TextMessage message = context.createTextMessage(event.json(jsonb));
    message.setStringProperty("topic", event.topic());
    if (event.key() != null) {
      message.setStringProperty("key", event.key());
    }
    if (event.eventId() != null) {
      message.setStringProperty("eventId", event.eventId());
    }
    if (event.removed()) {
      message.setBooleanProperty("removed", true);
    }
    return message;
  }
}
