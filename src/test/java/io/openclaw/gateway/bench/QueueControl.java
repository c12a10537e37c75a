package io.openclaw.gateway.bench;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;

/** Has Artemis hold back what is in a queue, and let it go; by its management messages. */
record QueueControl(ConnectionFactory broker, String queue) {
  private static final long LIMIT_MILLIS = 10_000;

  void pause() throws JMSException {
    ask("pause");
  }

  void resume() throws JMSException {
    ask("resume");
  }

  private void ask(String operation) throws JMSException {
    try (JMSContext context = broker.createContext()) {
      TemporaryQueue answers = context.createTemporaryQueue();
      Message question = context.createMessage();
      JMSManagementHelper.putOperationInvocation(question, ResourceNames.QUEUE + queue, operation);
      question.setJMSReplyTo(answers);
      context.createProducer().send(context.createQueue("activemq.management"), question);
      try (JMSConsumer consumer = context.createConsumer(answers)) {
        Message answer = consumer.receive(LIMIT_MILLIS);
        if (answer == null || !answer.getBooleanProperty("_AMQ_OperationSucceeded")) {
          throw new IllegalStateException("the broker did not " + operation + " " + queue);
        }
      }
    }
  }
}
