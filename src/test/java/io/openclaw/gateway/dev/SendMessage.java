package io.openclaw.gateway.dev;

import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.TextMessage;

/** {@code ./openclaw jms [--broker PORT] TOPIC JSON}: sends one persistent JMS message. */
public final class SendMessage {
  private SendMessage() {}

  /** Ends with 1 when the broker cannot be reached, 2 for a wrong command line. */
  public static void main(String[] arguments) throws JMSException {
    Arguments given = Arguments.read("--broker", Broker.USUAL_PORT, 2, arguments);
    if (given == null) {
      Arguments.fail(2, "usage: ./openclaw jms [--broker PORT] TOPIC JSON");
      return;
    }
    try (JMSContext context = Broker.impatientFactory(given.port()).createContext()) {
      TextMessage message = context.createTextMessage(given.rest().get(1));
      message.setStringProperty("topic", given.rest().get(0));
      context.createProducer().send(context.createQueue(Broker.EVENTS), message);
      System.out.println("sent " + message.getJMSMessageID());
    } catch (JMSRuntimeException e) {
      Arguments.fail(1, "no broker at 127.0.0.1:" + given.port() + ": " + e.getMessage());
    }
  }
}
