package io.openclaw.gateway.camel.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Posts the body, as it is, and makes the data of the answer's events the new body: an iterator of
 * texts that waits for each, for a {@code split} that is {@code streaming}. The connection ends
 * with the exchange. Sends none of the exchange's headers. Thread-safe.
 */
final class SseProducer extends DefaultProducer {
  private final SseEndpoint endpoint;

  SseProducer(SseEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    byte[] body = exchange.getMessage().getMandatoryBody(byte[].class);
    EventStream stream = endpoint.post(BodyPublishers.ofByteArray(body));
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                stream.close();
              }
            });
    exchange.getMessage().setBody(new Events(stream));
  }

  /** The data of events. Confined to one thread. */
  private static final class Events implements Iterator<String> {
    private final EventStream stream;
    private @Nullable StreamEvent next;
    private boolean over;

    Events(EventStream stream) {
      this.stream = stream;
    }

    /** Blocks until it is known. */
    @Override
    public boolean hasNext() {
      if (next == null && !over) {
        try {
          next = stream.next();
        } catch (IOException e) {
          over = true;
          throw new UncheckedIOException(e);
        }
        over = next == null;
      }
      return next != null;
    }

    @Override
    public String next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException();
      }
      String data = next.data();
      next = null;
      return data;
    }
  }
}
