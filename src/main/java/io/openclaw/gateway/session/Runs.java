package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.Frame;
import io.openclaw.gateway.protocol.Outgoing;
import org.jspecify.annotations.Nullable;

/**
 * What the runs of one pump share: the run begun last, and the frames made lately. Bounded: 64
 * frames are kept for sessions that write the same; an older one is put together again if it is
 * still asked for. Confined to one pump.
 */
final class Runs {
  private static final int KEPT_FRAMES = 64;

  private final @Nullable Run[] framed = new Run[KEPT_FRAMES];
  private int oldest;
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
    Run forgotten = framed[oldest];
    if (forgotten != null) {
      forgotten.dropFrame();
    }
    framed[oldest] = run;
    oldest = (oldest + 1) % KEPT_FRAMES;
  }

  /** Lets everything go that is kept for sharing. */
  void clear() {
    begun = null;
    for (int i = 0; i < KEPT_FRAMES; i++) {
      Run run = framed[i];
      if (run != null) {
        run.dropFrame();
        framed[i] = null;
      }
    }
  }
}
