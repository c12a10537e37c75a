package io.openclaw.gateway.request;

import io.openclaw.gateway.outlet.OutletException;
import java.util.List;

/** How questions travel. Their answers are brought to {@link Requests#answer}. Thread-safe. */
public interface Exchange {
  /** Whether answers can be received now: without them there is no use in asking. */
  boolean isUp();

  /**
   * Sends questions; blocks for a bounded time. One of which the deadline has passed is left out.
   *
   * @throws OutletException if it is not certain that all were sent
   */
  void send(List<Question> questions) throws OutletException;
}
