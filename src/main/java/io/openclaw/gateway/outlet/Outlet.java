package io.openclaw.gateway.outlet;

import java.util.List;

/** One destination outside. Thread-safe. */
public interface Outlet extends AutoCloseable {
  /**
   * Sends messages, in order; blocks until the destination has them for good (a transaction is
   * committed, a broker has confirmed), or a bounded time has passed.
   *
   * @throws OutletException if that is not certain: all, some or none of them may have arrived
   */
  void send(List<Outbound> messages) throws OutletException;

  /** Gives back what it holds. */
  @Override
  void close();
}
