package io.openclaw.gateway.security;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Whether new connections are let in. {@link #sample} decides it, called every second or so:
 *
 * <ol>
 *   <li>The heap is too full when what was in use after it was last collected is above the bound.
 *       It is well again when that is {@value #SLACK_PERCENT} percent points below it.
 *   <li>The processors are too busy when every sample has been above the bound for as long as
 *       configured. They are well again when every sample was {@value #SLACK_PERCENT} percent
 *       points below it for as long.
 *   <li>A reading that cannot be had is no pressure.
 * </ol>
 *
 * Each change is logged once. Connections that stand are left alone. Thread-safe; {@code sample} is
 * confined to one thread at a time.
 */
public final class Admission {
  private static final Logger LOG = System.getLogger(Admission.class.getName());
  private static final int SLACK_PERCENT = 5;
  private static final int RETRY_SECONDS = 5;
  private static final int RETRY_SPREAD_SECONDS = 11;

  private final AdmissionSettings settings;
  private final Pressure pressure;
  private final RandomGenerator dice;
  private boolean heapIsFull;
  private boolean cpuIsBusy;
  private long turnedNanos;
  private boolean turning;
  private volatile @Nullable String obstacle;

  /**
   * @param dice spreads when clients come back
   */
  public Admission(AdmissionSettings settings, Pressure pressure, RandomGenerator dice) {
    this.settings = settings;
    this.pressure = pressure;
    this.dice = dice;
  }

  /** Why nobody new is let in, in words for operators; empty if everybody is. */
  public Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  /** When somebody turned away should come back: 5 to 15 s, so that not all come at once. */
  public int retryAfterSeconds() {
    return RETRY_SECONDS + dice.nextInt(RETRY_SPREAD_SECONDS);
  }

  /** Reads the pressure and decides. */
  public void sample(long nowNanos) {
    heapIsFull = heapIsFull(100 * pressure.heap().getAsDouble());
    cpuIsBusy = cpuIsBusy(100 * pressure.cpu().getAsDouble(), nowNanos);
    String now = heapIsFull ? "the heap is full" : cpuIsBusy ? "the processors are busy" : null;
    String before = obstacle;
    obstacle = now;
    if ((before == null) != (now == null)) {
      log(now);
    }
  }

  private static void log(@Nullable String reason) {
    if (reason == null) {
      LOG.log(Level.INFO, "New connections are let in again");
    } else {
      LOG.log(Level.WARNING, "New connections are turned away: {0}", reason);
    }
  }

  private boolean heapIsFull(double percent) {
    int bound = settings.maxHeapPercent();
    return bound > 0 && percent > (heapIsFull ? bound - SLACK_PERCENT : bound);
  }

  private boolean cpuIsBusy(double percent, long nowNanos) {
    int bound = settings.maxCpuPercent();
    if (bound == 0 || percent < 0) {
      turning = false;
      return false;
    }
    boolean otherwise = cpuIsBusy ? percent <= bound - SLACK_PERCENT : percent > bound;
    if (!otherwise || !turning) {
      turning = otherwise;
      turnedNanos = nowNanos;
    }
    boolean longEnough = turning && nowNanos - turnedNanos >= settings.cpuTime().toNanos();
    turning = turning && !longEnough;
    return cpuIsBusy != longEnough;
  }
}
