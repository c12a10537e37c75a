package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceSettings;
import io.openclaw.gateway.source.Template;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One further JMS destination and where its messages go.
 *
 * <p>{@code topic} and {@code key} are templates: literal text in which <code>${property.NAME}
 * </code> stands for the message property {@code NAME} (a header such as {@code JMSCorrelationID}
 * counts as one). The value fills the place it stands in: with a {@code /}, {@code +} or {@code #}
 * in it, or without a value, the message can never work.
 *
 * @param label names the source behind {@code jms:}
 * @param destination what is consumed
 * @param topic template of the gateway topic
 * @param key template of the publication's key, or null: the message's own property {@code key}
 * @param selector JMS message selector, or null: every message
 * @param options what every source can be told; dead letters go to a queue
 */
public record JmsSourceSettings(
    String label,
    JmsDestination destination,
    String topic,
    @Nullable String key,
    @Nullable String selector,
    SourceOptions options)
    implements SourceSettings {
  /** What a place begins with. */
  static final String PROPERTY = "property.";

  private static final Set<String> PLACES = Set.of(PROPERTY);
  private static final String QUEUE = "jms:queue/";

  /**
   * @throws IllegalArgumentException if a template is broken or cannot give a topic
   */
  public JmsSourceSettings {
    if (label.isBlank()) {
      throw new IllegalArgumentException("a JMS source has a name");
    }
    Template.ofTopic(topic, PLACES);
    if (key != null) {
      Template.ofText(key, PLACES);
    }
    if (!options.deadLetters().isEmpty() && !options.deadLetters().startsWith(QUEUE)) {
      throw new IllegalArgumentException(
          "dead letters of a JMS source go to jms:queue/NAME, in the transaction of the messages");
    }
  }

  @Override
  public String name() {
    return "jms:" + label;
  }

  Template topicTemplate() {
    return Template.ofTopic(topic, PLACES);
  }

  @Nullable Template keyTemplate() {
    return key == null ? null : Template.ofText(key, PLACES);
  }

  /** The queue for what can never work; {@code usual} if the settings name none. */
  String deadLetterQueue(String usual) {
    return options.deadLetters().isEmpty()
        ? usual
        : options.deadLetters().substring(QUEUE.length());
  }
}
