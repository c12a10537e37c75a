package io.openclaw.gateway.cluster.hazelcast;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.openclaw.gateway.cluster.ClusterException;
import io.openclaw.gateway.cluster.SharedMap;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values in a map of Hazelcast. Thread-safe. */
final class HazelcastMap implements SharedMap {
  private final IMap<String, byte[]> map;
  private final Deliveries deliveries;

  HazelcastMap(IMap<String, byte[]> map, Deliveries deliveries) {
    this.map = map;
    this.deliveries = deliveries;
  }

  @Override
  public Optional<byte[]> get(String key) {
    return call(() -> Optional.ofNullable(map.get(key)));
  }

  @Override
  public void put(String key, byte[] value, Duration timeToLive) {
    twice(
        () -> {
          map.set(key, value, seconds(timeToLive), TimeUnit.SECONDS);
          return true;
        });
  }

  @Override
  public boolean putIfAbsent(String key, byte[] value, Duration timeToLive) {
    return call(() -> map.putIfAbsent(key, value, seconds(timeToLive), TimeUnit.SECONDS) == null);
  }

  @Override
  public boolean replace(String key, byte[] expected, byte[] value, Duration timeToLive) {
    return call(() -> map.replace(key, expected, value)) && extend(key, timeToLive);
  }

  @Override
  public boolean extend(String key, Duration timeToLive) {
    return twice(() -> map.setTtl(key, seconds(timeToLive), TimeUnit.SECONDS));
  }

  @Override
  public Optional<byte[]> remove(String key) {
    return call(() -> Optional.ofNullable(map.remove(key)));
  }

  @Override
  public Map<String, byte[]> entries() {
    return call(
        () -> {
          Map<String, byte[]> entries = new HashMap<>();
          map.entrySet().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
          return entries;
        });
  }

  @Override
  public void listen(Listener listener) {
    map.addEntryListener(new Changes(deliveries, listener), true);
  }

  private static long seconds(Duration timeToLive) {
    return Math.max(1, timeToLive.plusMillis(999).toSeconds());
  }

  /** Doing it again does no harm: when a node dies, nobody knows whether it was done. */
  private static <T> T twice(Supplier<T> operation) {
    return call(
        () -> {
          try {
            return operation.get();
          } catch (IndeterminateOperationStateException e) {
            return operation.get();
          }
        });
  }

  private static <T> T call(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (HazelcastException e) {
      throw new ClusterException("the cluster could not do it", e);
    } catch (HazelcastInstanceNotActiveException e) {
      throw new ClusterException("this node has left the cluster", e);
    }
  }

  private record Changes(Deliveries deliveries, Listener listener)
      implements EntryAddedListener<String, byte[]>,
          EntryUpdatedListener<String, byte[]>,
          EntryRemovedListener<String, byte[]> {
    @Override
    public void entryAdded(EntryEvent<String, byte[]> event) {
      tell(event.getKey(), event.getValue());
    }

    @Override
    public void entryUpdated(EntryEvent<String, byte[]> event) {
      tell(event.getKey(), event.getValue());
    }

    @Override
    public void entryRemoved(EntryEvent<String, byte[]> event) {
      tell(event.getKey(), null);
    }

    private void tell(String key, byte @Nullable [] value) {
      deliveries.offer(value == null ? 0 : value.length, () -> listener.changed(key, value));
    }
  }
}
