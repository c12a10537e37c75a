package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.IngestResult.Duplicate;
import io.openclaw.gateway.ingest.IngestResult.Published;
import io.openclaw.gateway.ingest.IngestResult.Rejected;
import io.openclaw.gateway.topic.Position;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/**
 * Publishes exchanges. When one goes on, its event is in the log: a consumer that acknowledges at
 * the end of the route acknowledges afterwards. Thread-safe.
 */
final class OpenClawProducer extends DefaultProducer {
  private final ExchangeEvents events;
  private final RouteParts parts;

  OpenClawProducer(OpenClawEndpoint endpoint, ExchangeEvents events, RouteParts parts) {
    super(endpoint);
    this.events = events;
    this.parts = parts;
  }

  @Override
  public void process(Exchange exchange) throws EventRejectedException {
    if (!parts.turn().isNow()) {
      throw new IllegalStateException("another node runs the route");
    }
    IngestResult result = parts.ingest().publishAndWait(events.of(exchange));
    if (result instanceof Rejected why) {
      throw new EventRejectedException(why);
    }
    parts.tally().published(result);
    if (result instanceof Published published) {
      note(exchange, published.position());
    } else if (result instanceof Duplicate duplicate) {
      note(exchange, duplicate.position());
    }
  }

  private static void note(Exchange exchange, Position position) {
    exchange.getMessage().setHeader(Headers.EPOCH, position.epoch());
    exchange.getMessage().setHeader(Headers.OFFSET, position.offset());
  }
}
