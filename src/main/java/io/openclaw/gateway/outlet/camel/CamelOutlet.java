package io.openclaw.gateway.outlet.camel;

import io.openclaw.gateway.camel.EmbeddedContext;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.topic.Payload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/**
 * One endpoint. A message has arrived when the endpoint is through with its exchange without an
 * exception: what that means is up to the component. Thread-safe.
 *
 * @param context the context, started by then
 * @param timeout how long the endpoint may take for one message
 */
record CamelOutlet(OutletAddress address, Callable<EmbeddedContext> context, Duration timeout)
    implements Outlet {
  @Override
  public void send(List<Outbound> messages) throws OutletException {
    EmbeddedContext camel;
    try {
      camel = context.call();
    } catch (Exception e) { // whatever a context throws
      throw new OutletException("Camel cannot be started: " + e.getMessage(), e);
    }
    ProducerTemplate template = camel.template();
    for (Outbound message : messages) {
      send(camel, template, message);
    }
  }

  private void send(EmbeddedContext camel, ProducerTemplate template, Outbound message)
      throws OutletException {
    Future<Exchange> sending = begun(camel, template, message);
    try {
      Exception failure = sending.get(timeout.toMillis(), TimeUnit.MILLISECONDS).getException();
      if (failure != null) {
        throw new OutletException("camel: " + camel.reason(failure), failure);
      }
    } catch (ExecutionException e) {
      throw new OutletException("camel: " + camel.reason(e), e);
    } catch (TimeoutException e) {
      sending.cancel(true);
      throw new OutletException("camel: no answer for " + timeout.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutletException("camel: interrupted while sending", e);
    }
  }

  private Future<Exchange> begun(EmbeddedContext camel, ProducerTemplate template, Outbound message)
      throws OutletException {
    try {
      return template.asyncSend(address.rest(), exchange(camel, message));
    } catch (RuntimeException e) { // there is no such endpoint
      throw new OutletException("camel: " + camel.reason(e), e);
    }
  }

  private static Exchange exchange(EmbeddedContext camel, Outbound outbound) {
    Exchange exchange = camel.newExchange();
    exchange.setPattern(ExchangePattern.InOnly);
    Message message = exchange.getIn();
    message.setBody(
        outbound.payload() instanceof Payload.Json json
            ? json.text()
            : ((Payload.Binary) outbound.payload()).content().clone());
    outbound.properties().forEach(message::setHeader);
    if (!outbound.topic().isEmpty()) {
      message.setHeader("openclaw.topic", outbound.topic());
    }
    if (outbound.key() != null) {
      message.setHeader("openclaw.key", outbound.key());
    }
    if (outbound.id() != null) {
      message.setHeader("openclaw.eventId", outbound.id());
    }
    return exchange;
  }

  @Override
  public void close() {
    // the context belongs to all of them
  }
}
