package io.openclaw.gateway.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds the highest rate that is good:
 *
 * <ol>
 *   <li>doubles the rate until two in a row are not good;
 *   <li>if none was good, halves the first rate until one is;
 *   <li>then takes the geometric mean of the best good and the least bad one above it, a few times.
 * </ol>
 *
 * A rate that is not good gets a second try, but for the doubling, where the next one is the second
 * try: the machine may have been busy.
 */
final class RateSearch {
  private static final int DOUBLINGS = 12;
  private static final int HALVINGS = 4;

  /** One step at a rate. */
  interface Step {
    StepResult run(int perSecond, Duration warmUp, Duration window) throws Exception;
  }

  private final Step step;
  private final Extent extent;
  private @Nullable StepResult best;
  private int bad;

  RateSearch(Step step, Extent extent) {
    this.step = step;
    this.extent = extent;
  }

  /** The best step; null if none was good. */
  @Nullable StepResult run(int first) throws Exception {
    step.run(first / 2, Duration.ZERO, extent.firstWarmUp());
    step.run(first, Duration.ZERO, extent.firstWarmUp());
    int rate = first;
    for (int i = 0, badInARow = 0; i < DOUBLINGS && badInARow < 2; i++) {
      badInARow = isGood(rate, 1) ? 0 : badInARow + 1;
      rate *= 2;
    }
    for (int i = 1; i <= HALVINGS && best == null; i++) {
      isGood(first >> i, 2);
    }
    for (int i = 0; i < extent.bisections() && best != null && bad > best.perSecond(); i++) {
      isGood((int) Math.sqrt((double) best.perSecond() * bad), 2);
    }
    return best;
  }

  private boolean isGood(int rate, int tries) throws Exception {
    for (int i = 0; i < tries; i++) {
      StepResult result = step.run(rate, extent.warmUp(), extent.window());
      if (result.isGood()) {
        best = result;
        bad = bad > rate ? bad : 0;
        return true;
      }
    }
    bad = bad == 0 ? rate : Math.min(bad, rate);
    return false;
  }
}
