package io.openclaw.gateway.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The values of a single node. Listeners are called by whoever changes a value. Thread-safe. */
final class LocalMap implements SharedMap {
  private static final long SWEEP_NANOS = Duration.ofSeconds(1).toNanos();

  private final LongSupplier nanoTime;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  // Guarded by this.
  private final Map<String, Held> values = new HashMap<>();
  private long sweptNanos;

  LocalMap(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.sweptNanos = nanoTime.getAsLong();
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Held(byte[] value, long endNanos) {}

  @Override
  public synchronized Optional<byte[]> get(String key) {
    Held held = living(key);
    return held == null ? Optional.empty() : Optional.of(held.value());
  }

  private @Nullable Held living(String key) {
    Held held = values.get(key);
    return held == null || held.endNanos() - nanoTime.getAsLong() <= 0 ? null : held;
  }

  @Override
  public void put(String key, byte[] value, Duration timeToLive) {
    synchronized (this) {
      hold(key, value, timeToLive);
    }
    tell(key, value);
  }

  private void hold(String key, byte[] value, Duration timeToLive) {
    long now = nanoTime.getAsLong();
    if (now - sweptNanos >= SWEEP_NANOS) {
      sweptNanos = now;
      values.values().removeIf(held -> held.endNanos() - now <= 0);
    }
    values.put(key, new Held(value, now + timeToLive.toNanos()));
  }

  private void tell(String key, byte @Nullable [] value) {
    listeners.forEach(listener -> listener.changed(key, value));
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration timeToLive) {
    synchronized (this) {
      if (living(key) != null) {
        return false;
      }
      hold(key, value, timeToLive);
    }
    tell(key, value);
    return true;
  }

  @Override
  public boolean replace(String key, byte[] expected, byte[] value, Duration timeToLive) {
    synchronized (this) {
      Held held = living(key);
      if (held == null || !Arrays.equals(held.value(), expected)) {
        return false;
      }
      hold(key, value, timeToLive);
    }
    tell(key, value);
    return true;
  }

  @Override
  public synchronized boolean extend(String key, Duration timeToLive) {
    Held held = living(key);
    if (held == null) {
      return false;
    }
    hold(key, held.value(), timeToLive);
    return true;
  }

  @Override
  public Optional<byte[]> remove(String key) {
    Held removed;
    synchronized (this) {
      removed = living(key);
      values.remove(key);
    }
    if (removed == null) {
      return Optional.empty();
    }
    tell(key, null);
    return Optional.of(removed.value());
  }

  @Override
  public synchronized Map<String, byte[]> entries() {
    long now = nanoTime.getAsLong();
    Map<String, byte[]> entries = new HashMap<>();
    values.forEach(
        (key, held) -> {
          if (held.endNanos() - now > 0) {
            entries.put(key, held.value());
          }
        });
    return entries;
  }

  @Override
  public void listen(Listener listener) {
    listeners.add(listener);
  }
}
