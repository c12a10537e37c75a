package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.protocol.Outgoing;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of one pump share: the run begun last, and the frames made lately. Bounded: 64
 * frames of 8 MB together (one alone may be larger) are kept for sessions that write the same; an
 * older one is put together again if it is still asked for. Nothing is kept while the pump has
 * nothing to do. Confined to one pump.
 */
final class Runs {
  private static final int KEPT_FRAMES = 64;
  private static final int KEPT_BYTES = 8 << 20;

  private final ArrayDeque<Run> framed = new ArrayDeque<>(KEPT_FRAMES);
  private int framedBytes;
  private @Nullable Run begun;

  /** The run that begins with {@code first}, the same for all sessions in one fan-out. */
  Run begin(Outgoing first) {
    Run known = begun;
    if (known == null || known.last() != first) {
      known = Run.of(first);
      begun = known;
    }
    return known;
  }

  /** The frame that carries {@code run}. */
  Frame frame(Run run) {
    if (!run.hasFrame()) {
      remember(run);
    }
    return run.frame();
  }

  private void remember(Run run) {
    framed.add(run);
    framedBytes += run.bytes();
    while (framed.size() > KEPT_FRAMES || (framedBytes > KEPT_BYTES && framed.size() > 1)) {
      forget(framed.remove());
    }
  }

  private void forget(Run run) {
    run.dropFrame();
    framedBytes -= run.bytes();
  }

  /** Lets everything go that is kept for sharing. */
  void clear() {
    begun = null;
    while (!framed.isEmpty()) {
      forget(framed.remove());
    }
  }
}
