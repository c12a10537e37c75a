package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.outlet.Outlet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it is given. <i>Thread-safe.</i> */
final class RecordingOutlet implements Outlet {
  private final List<Outbound> sent = new CopyOnWriteArrayList<>();

  @Override
  public void send(List<Outbound> messages) {
    sent.addAll(messages);
  }

  /** All that it was given. */
  List<Outbound> sent() {
    return List.copyOf(sent);
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
