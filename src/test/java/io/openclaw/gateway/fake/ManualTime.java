package io.openclaw.gateway.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Time that passes only when it is told to. Thread-safe. */
public final class ManualTime extends Clock implements LongSupplier {
  private final AtomicLong nowMillis = new AtomicLong(1_700_000_000_000L);

  /** Ms since the Unix epoch. */
  @Override
  public long getAsLong() {
    return nowMillis.get();
  }

  /** Lets {@code duration} pass, backwards too. */
  public void pass(Duration duration) {
    nowMillis.addAndGet(duration.toMillis());
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(nowMillis.get());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
