package io.openclaw.gateway.outlet.jms;

import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.topic.Payload;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.Map;

/**
 * Writes messages: JSON as a {@code TextMessage}, bytes as a {@code BytesMessage}; {@code topic},
 * {@code key}, {@code eventId} and the further properties as string properties, under the names
 * that {@link PropertyNames} gives them.
 */
public final class JmsMessages {
  /** By it Artemis knows a message that it has already, and drops it; others pass it over. */
  private static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

  private JmsMessages() {}

  /** The message, of which the broker drops repetitions if it has an id. */
  static Message once(JMSContext context, Outbound outbound) throws JMSException {
    Message message = of(context, outbound);
    if (outbound.id() != null) {
      message.setStringProperty(DUPLICATE_ID, outbound.id());
    }
    return message;
  }

  /** The message. */
  public static Message of(JMSContext context, Outbound outbound) throws JMSException {
    Message message = body(context, outbound.payload());
    for (Map.Entry<String, String> property : PropertyNames.valid(outbound).entrySet()) {
      message.setStringProperty(property.getKey(), property.getValue());
    }
    return message;
  }

  private static Message body(JMSContext context, Payload payload) throws JMSException {
    if (payload instanceof Payload.Binary binary) {
      BytesMessage message = context.createBytesMessage();
      message.writeBytes(binary.content());
      return message;
    }
    return context.createTextMessage(((Payload.Json) payload).text());
  }
}
