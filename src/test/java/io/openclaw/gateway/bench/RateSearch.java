package io.openclaw.gateway.bench;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds the highest rate that is good:
 *
 * <ol>
 *   <li>doubles the rate until a step is not good, twice;
 *   <li>if not even the first rate was good, halves it until one is;
 *   <li>then takes the geometric mean of the best good and the least bad one, a few times.
 * </ol>
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
    for (int i = 0; i < DOUBLINGS && isGood(rate); i++) {
      rate *= 2;
    }
    for (int i = 1; i <= HALVINGS && best == null && !isGood(first >> i); i++) {
      rate = first >> i;
    }
    for (int i = 0; i < extent.bisections() && best != null && bad > 0; i++) {
      isGood((int) Math.sqrt((double) best.perSecond() * bad));
    }
    return best;
  }

  /** A step that is not good gets a second try: the machine may have been busy. */
  private boolean isGood(int rate) throws Exception {
    for (int i = 0; i < 2; i++) {
      StepResult result = step.run(rate, extent.warmUp(), extent.window());
      if (result.isGood()) {
        best = result;
        return true;
      }
    }
    bad = rate;
    return false;
  }
}
