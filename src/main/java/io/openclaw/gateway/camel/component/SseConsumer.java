package io.openclaw.gateway.camel.component;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Follows a stream. Each event is an exchange: the body is its data as text, header {@code
 * CamelSseId} its id, {@code CamelSseEvent} its type. A broken connection is opened again with the
 * id of the last event that the route was done with, so a server that keeps a history sends what
 * was missed. The id lives as long as the route: after a restart of the gateway the stream begins
 * where the server begins it.
 */
final class SseConsumer extends LoopConsumer {
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

  private final SseEndpoint endpoint;
  private volatile String lastId = "";
  private volatile Duration retry = Duration.ofSeconds(1);

  SseConsumer(SseEndpoint endpoint, Processor processor, URI address) {
    super(endpoint, processor, "sse:" + address.getHost() + address.getPath());
    this.endpoint = endpoint;
  }

  @Override
  Link open() throws Exception {
    return new Following(endpoint.get(lastId));
  }

  @Override
  Duration pauseAfterEnd() {
    return retry;
  }

  private final class Following implements Link {
    private final EventStream stream;

    Following(EventStream stream) {
      this.stream = stream;
    }

    @Override
    public boolean take() throws Exception {
      StreamEvent event = next();
      if (event == null) {
        return false;
      }
      Exchange exchange = createExchange(false);
      exchange.getMessage().setBody(event.data());
      exchange.getMessage().setHeader("CamelSseEvent", event.type());
      if (!event.id().isEmpty()) {
        exchange.getMessage().setHeader("CamelSseId", event.id());
      }
      process(exchange);
      lastId = event.id();
      return true;
    }

    private @Nullable StreamEvent next() throws IOException {
      StreamEvent event = stream.next();
      Duration wanted = stream.retry();
      if (wanted != null) {
        retry = wanted.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : wanted;
      }
      return event;
    }

    @Override
    public void cut() {
      stream.close();
    }

    @Override
    public void close() {
      stream.close();
    }
  }
}
