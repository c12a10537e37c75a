package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.source.Template;
import io.openclaw.gateway.topic.Payload;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Makes a source event of a JMS message:
 *
 * <ol>
 *   <li>topic: the template of the source, else the string property {@code topic}, which must be
 *       there;
 *   <li>key: the template of the source, else the property {@code key}, which may be absent;
 *   <li>event id: the property {@code eventId}, else the JMSMessageID;
 *   <li>{@code traceparent} and {@code removed} (boolean) are taken from the properties;
 *   <li>the body becomes the payload, see {@link JmsBody}.
 * </ol>
 *
 * Immutable.
 */
final class JmsMapping {
  private final @Nullable Template topic;
  private final @Nullable Template key;
  private final JmsBody body;

  private JmsMapping(@Nullable Template topic, @Nullable Template key, int maxPayloadBytes) {
    this.topic = topic;
    this.key = key;
    this.body = new JmsBody(maxPayloadBytes);
  }

  /** By the properties of the message alone. */
  static JmsMapping byProperties(int maxPayloadBytes) {
    return new JmsMapping(null, null, maxPayloadBytes);
  }

  /** By the templates of {@code source}. */
  static JmsMapping of(JmsSourceSettings source, int maxPayloadBytes) {
    return new JmsMapping(source.topicTemplate(), source.keyTemplate(), maxPayloadBytes);
  }

  /**
   * @throws UnusableMessageException if the message can never work
   * @throws JMSException if it could not be read this time
   */
  SourceEvent map(Message message) throws JMSException, UnusableMessageException {
    try {
      return new SourceEvent(
          topic(message),
          key(message),
          payload(message),
          message.getBooleanProperty("removed"),
          eventId(message),
          message.getStringProperty("traceparent"));
    } catch (MessageFormatException e) {
      throw new UnusableMessageException(
          "bad_request", "a property is not of the type it should be: " + e.getMessage());
    }
  }

  private String topic(Message message) throws JMSException, UnusableMessageException {
    if (topic != null) {
      return fill(topic, message);
    }
    String name = message.getStringProperty("topic");
    if (name == null) {
      throw new UnusableMessageException(
          "bad_request", "the message has no string property named topic");
    }
    return name;
  }

  private @Nullable String key(Message message) throws JMSException, UnusableMessageException {
    return key == null ? message.getStringProperty("key") : fill(key, message);
  }

  private static String fill(Template template, Message message)
      throws JMSException, UnusableMessageException {
    try {
      return template.fill(place -> value(message, place));
    } catch (Template.UnfilledException e) {
      throw new UnusableMessageException("bad_request", e.reason());
    } catch (UnreadableException e) {
      throw e.cause;
    }
  }

  private static @Nullable String value(Message message, String place) {
    String name = place.substring(JmsSourceSettings.PROPERTY.length());
    try {
      return switch (name) {
        case "JMSCorrelationID" -> message.getJMSCorrelationID();
        case "JMSMessageID" -> message.getJMSMessageID();
        case "JMSType" -> message.getJMSType();
        default -> message.getStringProperty(name);
      };
    } catch (JMSException e) {
      throw new UnreadableException(e);
    }
  }

  /** Brings a failure of the broker past the template. */
  private static final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final JMSException cause;

    UnreadableException(JMSException cause) {
      super(cause);
      this.cause = cause;
    }
  }

  private Payload payload(Message message) throws JMSException, UnusableMessageException {
    return body.read(message);
  }

  private static @Nullable String eventId(Message message) throws JMSException {
    String id = message.getStringProperty("eventId");
    return id == null ? message.getJMSMessageID() : id;
  }
}
