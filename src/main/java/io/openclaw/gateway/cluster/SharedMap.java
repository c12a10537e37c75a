package io.openclaw.gateway.cluster;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Small values that all nodes see, and that outlive each of them. Whoever puts them bounds them in
 * count and size. All are gone when the last node has gone, and those of the smaller part when a
 * cluster that fell apart has healed.
 *
 * <p>A call waits for another node: a millisecond usually, and until the cluster has noticed it
 * when that node has just died. A time to live is counted in whole seconds, at least one, and is
 * over at most two seconds late. Nobody may change an array that was given to it or that it got.
 * Thread-safe.
 */
public interface SharedMap {
  /** Called after a value has changed, in the order of the changes of one key. */
  @FunctionalInterface
  interface Listener {
    /**
     * @param value the new one, or null: it was removed. That its time was over is not told.
     */
    void changed(String key, byte @Nullable [] value);
  }

  /** The value of {@code key}. */
  Optional<byte[]> get(String key);

  /** Sets the value of {@code key}. */
  void put(String key, byte[] value, Duration timeToLive);

  /**
   * Sets the value of {@code key} if it has none.
   *
   * @return whether it had none
   */
  boolean putIfAbsent(String key, byte[] value, Duration timeToLive);

  /**
   * Sets the value of {@code key} if it is {@code expected}. If this node dies meanwhile, the value
   * may live for a day.
   *
   * @return whether it was
   */
  boolean replace(String key, byte[] expected, byte[] value, Duration timeToLive);

  /**
   * Begins the time to live of a value again.
   *
   * @return whether there is a value
   */
  boolean extend(String key, Duration timeToLive);

  /**
   * Removes the value of {@code key}; of several who do so at once, on whatever nodes, one gets it.
   */
  Optional<byte[]> remove(String key);

  /** All of them at about this moment, a copy. */
  Map<String, byte[]> entries();

  /** Has {@code listener} told of changes, those of this node too. */
  void listen(Listener listener);
}
