package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.source.Template;
import io.openclaw.gateway.topic.IllegalTopicException;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of exchanges. The topic is the endpoint's, with its places filled; where the
 * endpoint names a pattern, the topic is the header's and must match it. What the endpoint does not
 * say, the headers may. Immutable.
 */
final class ExchangeEvents {
  private final @Nullable TopicPattern pattern;
  private final @Nullable Template topic;
  private final @Nullable Template key;
  private final @Nullable Template eventId;
  private final boolean removed;
  private final BodyPayload payload;

  private ExchangeEvents(EndpointOptions options, int maxPayloadBytes) {
    boolean wild = isPattern(options.topic());
    this.pattern = wild ? TopicPattern.of(options.topic()) : null;
    this.topic = wild ? null : ExchangePlaces.topic(options.topic());
    this.key = options.key().isEmpty() ? null : ExchangePlaces.text(options.key());
    this.eventId = options.eventId().isEmpty() ? null : ExchangePlaces.text(options.eventId());
    this.removed = options.removed();
    this.payload = new BodyPayload(options.format(), maxPayloadBytes);
  }

  /**
   * @throws IllegalArgumentException if the options are no way in
   */
  static ExchangeEvents of(EndpointOptions options, int maxPayloadBytes) {
    return new ExchangeEvents(options, maxPayloadBytes);
  }

  private static boolean isPattern(String topic) {
    return topic.matches("(.*/)?[+#](/.*)?");
  }

  /**
   * @throws EventRejectedException if the exchange can never become an event
   */
  SourceEvent of(Exchange exchange) throws EventRejectedException {
    Message message = exchange.getMessage();
    boolean gone =
        removed || Boolean.TRUE.equals(message.getHeader(Headers.REMOVED, Boolean.class));
    Payload data = gone ? Payload.NONE : payload.of(message);
    ExchangePlaces places = new ExchangePlaces(exchange, data);
    return new SourceEvent(
        topic == null ? headerTopic(message) : places.fill(topic),
        key == null ? header(message, Headers.KEY) : places.fill(key),
        data,
        gone,
        eventId == null ? header(message, Headers.EVENT_ID) : places.fill(eventId),
        trace(message));
  }

  private static @Nullable String trace(Message message) {
    String own = header(message, Headers.TRACE_PARENT);
    return own == null ? header(message, Headers.STANDARD_TRACE_PARENT) : own;
  }

  private String headerTopic(Message message) throws EventRejectedException {
    String name = header(message, Headers.TOPIC);
    try {
      if (name == null) {
        throw new IllegalTopicException("the header " + Headers.TOPIC + " is missing");
      }
      if (pattern != null && !pattern.matches(TopicName.of(name))) {
        throw new IllegalTopicException("the endpoint publishes only on topics below " + pattern);
      }
      return name;
    } catch (IllegalTopicException e) {
      throw new EventRejectedException("bad_request", String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String header(Message message, String name) {
    String value = message.getHeader(name, String.class);
    return value == null || value.isEmpty() ? null : value;
  }
}
