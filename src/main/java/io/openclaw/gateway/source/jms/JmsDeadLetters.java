package io.openclaw.gateway.source.jms;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts a message that can never work into the dead-letter queue: the message as it came, body and
 * properties, and {@code openclaw_reason}, {@code openclaw_code}, {@code openclaw_source} and
 * {@code openclaw_message_id} besides. In the transaction of the context it is given, so the
 * message is in exactly one of the two queues.
 *
 * @param queue the dead-letter queue
 */
record JmsDeadLetters(String queue) {
  private static final Logger LOG = System.getLogger(JmsDeadLetters.class.getName());

  /**
   * Looks at the queue, so that a broker that makes queues when they are first used makes it: what
   * it gives up itself would be dropped without one.
   *
   * @throws JMSException if the broker cannot be reached
   */
  void prepare(ConnectionFactory connections) throws JMSException {
    try (Connection connection = connections.createConnection();
        Session session = connection.createSession()) {
      try {
        session.createBrowser(session.createQueue(queue)).close();
      } catch (JMSException e) {
        LOG.log(
            Level.WARNING,
            "the dead-letter queue {0} cannot be looked at, see that there is one: {1}",
            queue,
            e.getMessage());
      }
    }
  }

  /** Puts one message there; the properties of {@code message} are changed by that. */
  void put(JMSContext context, Letter letter) throws JMSException {
    Message message = letter.message();
    Map<String, Object> properties = properties(message);
    properties.put("openclaw_reason", letter.reason());
    properties.put("openclaw_code", letter.code());
    properties.put("openclaw_source", letter.source());
    properties.put("openclaw_message_id", String.valueOf(message.getJMSMessageID()));
    message.clearProperties();
    for (Map.Entry<String, Object> property : properties.entrySet()) {
      message.setObjectProperty(property.getKey(), property.getValue());
    }
    context
        .createProducer()
        .setDeliveryMode(DeliveryMode.PERSISTENT)
        .send(context.createQueue(queue), message);
  }

  /** The application's own properties; those of JMS and the broker are made anew by sending. */
  private static Map<String, Object> properties(Message message) throws JMSException {
    Map<String, Object> properties = new LinkedHashMap<>();
    Enumeration<?> names = message.getPropertyNames();
    while (names.hasMoreElements()) {
      String name = (String) names.nextElement();
      if (!name.startsWith("JMSX") && !name.startsWith("_AMQ")) {
        properties.put(name, message.getObjectProperty(name));
      }
    }
    return properties;
  }

  /**
   * A message and why it is put aside.
   *
   * @param message as it was received
   * @param source the destination it was received from
   * @param code {@code bad_request}, {@code too_large}, {@code unsupported} or {@code internal}
   * @param reason what was wrong, for whoever reads the queue
   */
  record Letter(Message message, String source, String code, String reason) {}
}
