package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.topic.TopicName;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One further JMS destination and where its messages go.
 *
 * <p>{@code topic} and {@code key} are templates: literal text in which <code>${property.NAME}
 * </code> stands for the message property {@code NAME} (a header such as {@code JMSCorrelationID}
 * counts as one). The value fills the place it stands in: with a {@code /}, {@code +} or {@code #}
 * in it, or without a value, the message can never work.
 *
 * @param destination what is consumed
 * @param topic template of the gateway topic
 * @param key template of the publication's key, or null: the message's own property {@code key}
 * @param selector JMS message selector, or null: every message
 */
public record JmsSourceSettings(
    JmsDestination destination, String topic, @Nullable String key, @Nullable String selector) {
  /** A place in a template; group 1 is the name of the property. */
  public static final Pattern PLACEHOLDER =
      Pattern.compile("\\$\\{property\\.([A-Za-z_$][A-Za-z0-9_$.-]*)\\}");

  /**
   * @throws IllegalArgumentException if a template is broken or cannot give a topic
   */
  public JmsSourceSettings {
    String sample = sample(topic);
    if (TopicName.of(sample).isReserved()) {
      throw new IllegalArgumentException("topics below $ belong to the gateway");
    }
    if (key != null) {
      sample(key);
    }
  }

  private static String sample(String template) {
    String sample = PLACEHOLDER.matcher(template).replaceAll("x");
    if (sample.contains("${")) {
      throw new IllegalArgumentException(
          "a template has literal text and ${property.NAME}, nothing else in ${…}");
    }
    return sample;
  }
}
