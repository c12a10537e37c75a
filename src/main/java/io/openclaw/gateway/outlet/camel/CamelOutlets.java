package io.openclaw.gateway.outlet.camel;

import io.openclaw.gateway.camel.CamelContexts;
import io.openclaw.gateway.camel.EmbeddedContext;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The outlets {@code camel:ENDPOINT-URI}. They share a context, which is started when the first of
 * them sends. Thread-safe; the context is guarded by this.
 */
public final class CamelOutlets implements AutoCloseable {
  private final CamelContexts contexts;
  private final Duration timeout;
  private @Nullable EmbeddedContext context;

  /**
   * @param timeout how long an endpoint may take for one message
   */
  public CamelOutlets(CamelContexts contexts, Duration timeout) {
    this.contexts = contexts;
    this.timeout = timeout;
  }

  /** The outlet of that address; reaches out to nothing yet. */
  public Outlet at(OutletAddress address) {
    return new CamelOutlet(address, this::started, timeout);
  }

  private synchronized EmbeddedContext started() throws Exception {
    EmbeddedContext known = context;
    if (known != null) {
      return known;
    }
    EmbeddedContext made = contexts.make("outlets");
    boolean works = false;
    try {
      made.start();
      works = true;
      context = made;
      return made;
    } finally {
      if (!works) {
        made.close();
      }
    }
  }

  @Override
  public synchronized void close() {
    EmbeddedContext known = context;
    context = null;
    if (known != null) {
      known.close();
    }
  }
}
