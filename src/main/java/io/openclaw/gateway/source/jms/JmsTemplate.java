package io.openclaw.gateway.source.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A text with places that message properties fill, {@code orders/${property.region}}. Immutable.
 *
 * @param text the template; without a place it is the same for every message
 * @param topic whether it makes a topic: then each value stays within the level it stands in
 */
record JmsTemplate(String text, boolean topic) {

  String fill(Message message) throws JMSException, UnusableMessageException {
    Matcher place = JmsSourceSettings.PLACEHOLDER.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (place.find()) {
      String name = place.group(1);
      place.appendReplacement(
          filled, Matcher.quoteReplacement(checked(name, value(message, name))));
    }
    return place.appendTail(filled).toString();
  }

  private String checked(String name, @Nullable String value) throws UnusableMessageException {
    if (value == null || value.isEmpty()) {
      throw new UnusableMessageException(
          "bad_request", "the property " + name + ", which " + text + " needs, has no value");
    }
    if (topic && value.chars().anyMatch(c -> c == '/' || c == '+' || c == '#')) {
      throw new UnusableMessageException(
          "bad_request",
          "the value of the property " + name + " has a / + or #, so it is no level of " + text);
    }
    return value;
  }

  private static @Nullable String value(Message message, String name) throws JMSException {
    return switch (name) {
      case "JMSCorrelationID" -> message.getJMSCorrelationID();
      case "JMSMessageID" -> message.getJMSMessageID();
      case "JMSType" -> message.getJMSType();
      default -> message.getStringProperty(name);
    };
  }
}
