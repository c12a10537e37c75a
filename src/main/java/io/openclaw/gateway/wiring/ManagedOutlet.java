package io.openclaw.gateway.wiring;

import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * Sends in a thread of the server and waits for it: the caller may be a thread of a client library,
 * in which nothing of the server, such as a transaction, works. Thread-safe.
 *
 * @param outlet kept open: it belongs to somebody else
 */
record ManagedOutlet(Outlet outlet, ExecutorService threads) implements Outlet {
  @Override
  public void send(List<Outbound> messages) throws OutletException {
    Callable<Boolean> sending =
        () -> {
          outlet.send(messages);
          return true;
        };
    try {
      threads.submit(sending).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof OutletException uncertain
          ? uncertain
          : new OutletException("sending failed: " + e.getCause(), e);
    } catch (RejectedExecutionException e) {
      throw new OutletException("the server has no thread for it", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OutletException("interrupted while sending", e);
    }
  }

  @Override
  public void close() {
    // whoever gave the outlet closes it
  }
}
