package io.openclaw.gateway.connector;

import java.util.List;

/** A connection of somebody who sends events to a server. <i>Confined to one thread.</i> */
public interface Sender extends AutoCloseable {
  /** Opens a connection. */
  @FunctionalInterface
  interface Opener {
    Sender open() throws Exception;
  }

  /**
   * Sends them in order and returns when the server has confirmed them.
   *
   * @throws Exception if that is not certain
   */
  void send(List<NumberedEvent> events) throws Exception;

  @Override
  void close() throws Exception;
}
