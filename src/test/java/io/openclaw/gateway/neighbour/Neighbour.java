package io.openclaw.gateway.neighbour;

/** A server that can be killed and started again. <i>Confined to one thread.</i> */
public interface Neighbour extends AutoCloseable {
  /** Where clients connect, on 127.0.0.1; the same after each start. */
  int port();

  /** Ends it, and all that it started, as a power cut would; returns when it is gone. */
  void kill();

  /** Starts it again on its files; returns when it serves clients. */
  void restart();

  @Override
  void close();
}
