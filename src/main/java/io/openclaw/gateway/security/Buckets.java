package io.openclaw.gateway.security;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.local.SynchronizationStrategy;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Makes token buckets. */
final class Buckets {
  private Buckets() {}

  /** A bucket for any thread. */
  static Bucket shared(Rate rate, long tokens, LongSupplier nanoTime) {
    return bucket(rate, Duration.ofSeconds(1), tokens, nanoTime, SynchronizationStrategy.LOCK_FREE);
  }

  /** A bucket for one thread at a time. */
  static Bucket confined(Rate rate, long tokens, LongSupplier nanoTime) {
    return bucket(rate, Duration.ofSeconds(1), tokens, nanoTime, SynchronizationStrategy.NONE);
  }

  /** A bucket for one thread at a time that is refilled once a minute, bit by bit. */
  static Bucket eachMinute(int tokens, LongSupplier nanoTime) {
    Rate rate = new Rate(tokens, tokens);
    return bucket(rate, Duration.ofMinutes(1), tokens, nanoTime, SynchronizationStrategy.NONE);
  }

  private static Bucket bucket(
      Rate rate,
      Duration period,
      long tokens,
      LongSupplier nanoTime,
      SynchronizationStrategy strategy) {
    return Bucket.builder()
        .addLimit(
            limit ->
                limit
                    .capacity(rate.burst())
                    .refillGreedy(rate.perSecond(), period)
                    .initialTokens(tokens))
        .withCustomTimePrecision(new Meter(nanoTime))
        .withSynchronizationStrategy(strategy)
        .build();
  }

  private record Meter(LongSupplier nanoTime) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanoTime.getAsLong();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
