package io.openclaw.gateway.log.journal.hazelcast;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Says in the ring which members this node sees, whenever that has changed, and again every second
 * until it was read there. Confined to the thread that reads.
 */
final class Witness {
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Members members;
  private final Quorum quorum;
  private final Consumer<RingEntry> ring;
  private String said = "";
  private long saidNanos;

  /**
   * @param ring writes an entry; it may get lost
   */
  Witness(Members members, Quorum quorum, Consumer<RingEntry> ring) {
    this.members = members;
    this.quorum = quorum;
    this.ring = ring;
  }

  /** To be called often; does not block. */
  void look(long nowNanos) {
    Set<String> alive = members.alive();
    String self = members.self();
    if (quorum.isTold(self, alive)) {
      return;
    }
    String view = Quorum.view(alive);
    if (!view.equals(said) || nowNanos - saidNanos > AGAIN_NANOS) {
      said = view;
      saidNanos = nowNanos;
      ring.accept(new RingEntry.Seen(self, view));
    }
  }
}
