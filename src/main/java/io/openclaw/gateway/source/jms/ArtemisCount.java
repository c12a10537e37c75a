package io.openclaw.gateway.source.jms;

import jakarta.jms.Connection;
import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks Apache Artemis how many messages a queue has: a JMS message to its management address,
 * answered with JSON, {@code [17]}. Other brokers are not asked. Confined to the thread that asks.
 */
final class ArtemisCount {
  private static final long PATIENCE_MILLIS = 2000;

  private boolean refused;

  /**
   * Counts; empty if the broker is another one, knows no such queue, or does not let this user ask.
   *
   * @param connection started
   */
  OptionalLong read(Connection connection, Session session, String queue) throws JMSException {
    String client = connection.getMetaData().getClass().getName();
    if (refused || !client.startsWith("org.apache.activemq.artemis.")) {
      return OptionalLong.empty();
    }
    try {
      return ask(session, queue);
    } catch (JMSSecurityException e) {
      refused = true;
      return OptionalLong.empty();
    }
  }

  private static OptionalLong ask(Session session, String queue) throws JMSException {
    TemporaryQueue answers = session.createTemporaryQueue();
    try (MessageConsumer consumer = session.createConsumer(answers);
        MessageProducer producer =
            session.createProducer(session.createQueue("activemq.management"))) {
      Message question = session.createMessage();
      question.setStringProperty("_AMQ_ResourceName", "queue." + queue);
      question.setStringProperty("_AMQ_Attribute", "messageCount");
      question.setJMSReplyTo(answers);
      producer.setDeliveryMode(DeliveryMode.NON_PERSISTENT);
      producer.send(question);
      return count(consumer.receive(PATIENCE_MILLIS));
    } finally {
      answers.delete();
    }
  }

  private static OptionalLong count(@Nullable Message answer) throws JMSException {
    if (answer instanceof TextMessage text
        && answer.getBooleanProperty("_AMQ_OperationSucceeded")
        && String.valueOf(text.getText()).matches("\\[[0-9]{1,18}]")) {
      String json = text.getText();
      return OptionalLong.of(Long.parseLong(json.substring(1, json.length() - 1)));
    }
    return OptionalLong.empty();
  }
}
