package io.openclaw.gateway.source.camel;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One {@code openclaw:} endpoint: as a producer a way in, as a consumer a reader of the log. */
final class OpenClawEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {
  private final EndpointOptions options;
  private final RouteParts parts;
  private final AtomicInteger consumers = new AtomicInteger();

  OpenClawEndpoint(
      String uri, OpenClawComponent component, EndpointOptions options, RouteParts parts) {
    super(uri, component);
    this.options = options;
    this.parts = parts;
  }

  @Override
  public boolean isMultipleConsumersSupported() {
    return true;
  }

  @Override
  public Producer createProducer() {
    return new OpenClawProducer(this, ExchangeEvents.of(options, parts.maxPayloadBytes()), parts);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    int number = consumers.getAndIncrement();
    OpenClawConsumer consumer = new OpenClawConsumer(this, processor, options, parts, number);
    configureConsumer(consumer);
    return consumer;
  }
}
