package io.openclaw.gateway.security;

import java.util.function.LongSupplier;

/**
 * What may come from one address before it is known who is there. IPv6 addresses are counted by
 * network, the first 64 bits. Thread-safe; bounded by {@link LimitSettings#maxTracked()}.
 */
public final class AddressLimits {
  private final LimitSettings settings;
  private final BucketTable handshakes;
  private final BucketTable failures;

  public AddressLimits(LimitSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.handshakes = new BucketTable(settings.maxTracked(), nanoTime);
    this.failures = new BucketTable(settings.maxTracked(), nanoTime);
  }

  /** Counts a handshake; returns 0 if it may go on, else the ns until one may. */
  public long handshake(String address) {
    return handshakes.take(IpAddress.countingKey(address), settings.handshakes(), 1);
  }

  /** 0 if credentials from there are looked at, else the ns until they are. */
  public long signIn(String address) {
    return failures.nanosUntilOne(IpAddress.countingKey(address));
  }

  /** Credentials from there were no good. */
  public void signInFailed(String address) {
    failures.take(IpAddress.countingKey(address), settings.failedSignIns(), 1);
  }
}
