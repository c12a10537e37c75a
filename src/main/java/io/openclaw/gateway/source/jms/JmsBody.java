package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.source.JsonText;
import io.openclaw.gateway.topic.Payload;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.ObjectMessage;
import jakarta.jms.StreamMessage;
import jakarta.jms.TextMessage;
import java.util.Base64;
import java.util.Enumeration;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Makes a payload of the body of a message: text that is JSON stays as it is, other text becomes a
 * JSON string, bytes stay bytes, a map becomes a JSON object (bytes in it in base64, numbers that
 * JSON does not know as strings), no body is JSON null. Serialized objects and streams are refused:
 * they are never deserialized.
 *
 * @param maxBytes largest body that is taken; one far larger is not read into memory
 */
public record JmsBody(int maxBytes) {
  /** How Artemis says that the body is still at the broker, and how many bytes it has there. */
  private static final String BYTES_AT_THE_BROKER = "_AMQ_LARGE_SIZE";

  private static final int MAX_ENCODED_BYTES_PER_BYTE = 4;

  /**
   * The payload.
   *
   * @throws UnusableMessageException if the body is too large or of a kind that is refused
   */
  public Payload read(Message message) throws JMSException, UnusableMessageException {
    checkBeforeReading(message);
    if (message instanceof TextMessage text) {
      return text(text.getText());
    }
    if (message instanceof BytesMessage bytes) {
      return bytes(bytes);
    }
    if (message instanceof MapMessage map) {
      return new Payload.Json(object(map));
    }
    if (message instanceof ObjectMessage || message instanceof StreamMessage) {
      throw new UnusableMessageException(
          "unsupported", "only text, bytes and map messages are understood");
    }
    return Payload.NONE;
  }

  /** A body that is far too large is not even fetched. */
  private void checkBeforeReading(Message message) throws JMSException, UnusableMessageException {
    if (message.propertyExists(BYTES_AT_THE_BROKER)) {
      long bytes = message.getLongProperty(BYTES_AT_THE_BROKER);
      if (bytes / MAX_ENCODED_BYTES_PER_BYTE > maxBytes) {
        throw tooLarge(bytes);
      }
    }
  }

  private UnusableMessageException tooLarge(long bytes) {
    return new UnusableMessageException(
        "too_large", "the data has " + bytes + " bytes; at most " + maxBytes + " are allowed");
  }

  private static Payload text(@Nullable String text) {
    if (text == null) {
      return Payload.NONE;
    }
    return new Payload.Json(JsonText.isJson(text) ? text : JsonText.quote(text));
  }

  private Payload bytes(BytesMessage message) throws JMSException, UnusableMessageException {
    long length = message.getBodyLength();
    if (length > maxBytes) {
      throw tooLarge(length);
    }
    byte[] content = new byte[(int) length];
    message.reset();
    message.readBytes(content);
    return new Payload.Binary(content);
  }

  private static String object(MapMessage map) throws JMSException {
    StringJoiner members = new StringJoiner(",", "{", "}");
    Enumeration<?> names = map.getMapNames();
    while (names.hasMoreElements()) {
      String name = (String) names.nextElement();
      members.add(JsonText.quote(name) + ":" + value(map.getObject(name)));
    }
    return members.toString();
  }

  private static String value(@Nullable Object value) {
    if (value == null || value instanceof Boolean || isJsonNumber(value)) {
      return String.valueOf(value);
    }
    if (value instanceof byte[] bytes) {
      return JsonText.quote(Base64.getEncoder().encodeToString(bytes));
    }
    return JsonText.quote(value.toString());
  }

  private static boolean isJsonNumber(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }
}
