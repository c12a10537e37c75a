package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.topic.TopicPattern;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One {@code openclaw:} endpoint: as a producer a way in, as a consumer a reader of the log. */
final class OpenClawEndpoint extends DefaultEndpoint {
  private final EndpointOptions options;
  private final RouteParts parts;

  OpenClawEndpoint(
      String uri, OpenClawComponent component, EndpointOptions options, RouteParts parts) {
    super(uri, component);
    this.options = options;
    this.parts = parts;
  }

  @Override
  public Producer createProducer() {
    return new OpenClawProducer(
        this, ExchangeEvents.of(options, parts.maxPayloadBytes()), parts.ingest(), parts.tally());
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    OpenClawConsumer consumer =
        new OpenClawConsumer(this, processor, TopicPattern.of(options.topic()), options, parts);
    configureConsumer(consumer);
    return consumer;
  }
}
