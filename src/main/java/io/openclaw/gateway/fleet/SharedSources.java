package io.openclaw.gateway.fleet;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.ClusterException;
import io.openclaw.gateway.cluster.SharedMap;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceCatalog;
import io.openclaw.gateway.source.SourceRegistry.Running;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What administrators change about sources, on all nodes:
 *
 * <ol>
 *   <li>it is done on the node that is asked, which finds what is wrong with it, and put into a
 *       shared map;
 *   <li>the others see to it within about a second;
 *   <li>a node that joins does as the map says, whatever its file has; the first one puts there
 *       what its file has;
 *   <li>a removal is noted in the map; what is only missing there, as after the loss of several
 *       nodes at once, is put there again by those who have it.
 * </ol>
 *
 * On a single node nothing is shared, and a source that is started again is not paused.
 * Thread-safe; waits as {@link SourceCatalog} and {@link SharedMap} say.
 */
public final class SharedSources {
  private static final Logger LOG = System.getLogger(SharedSources.class.getName());
  private static final Duration LONG = Duration.ofDays(3_650);
  private static final int LOOK_TICKS = 10;
  private static final String ADDED = "added ";
  private static final String STATE = "state ";
  private static final String SEEDED = "seeded";
  private static final String PAUSED = "paused";
  private static final String RUNNING = "running";
  private static final byte[] REMOVED = {};

  private final SharedMap map;
  private final SourceCatalog catalog;
  private final boolean alone;
  private final Map<String, Done> done = new HashMap<>();
  private volatile boolean stale = true;
  private boolean joined;
  private int ticks;

  /**
   * @param alone whether there is no cluster
   */
  public SharedSources(Cluster cluster, SourceCatalog catalog, boolean alone) {
    this.map = cluster.map("sources");
    this.catalog = catalog;
    this.alone = alone;
    if (!alone) {
      map.listen((key, value) -> stale = true);
      cluster.onChange(nodes -> stale = true);
    }
  }

  /** What was done to a source last, so that it is done once. */
  private record Done(Source source, String state) {}

  /** The sources of this node, by name. */
  public List<Running> all() {
    return catalog.all();
  }

  /** The source of this node with that name. */
  public Optional<Running> find(String name) {
    return catalog.find(name);
  }

  /**
   * Pauses a source, or lets it go on.
   *
   * @return whether this node has one of that name
   * @throws UnsupportedOperationException with words for the operator, if it cannot be paused
   * @throws ClusterException if it was done, but others cannot be told now
   */
  public synchronized boolean pause(String name, boolean paused) {
    Optional<Running> found = catalog.find(name);
    found.ifPresent(one -> let(one, paused ? PAUSED : RUNNING));
    if (found.isPresent() && !alone) {
      map.put(STATE + name, Wire.bytes(paused ? PAUSED : RUNNING), LONG);
    }
    return found.isPresent();
  }

  private void let(Running one, String state) {
    if (state.equals(PAUSED)) {
      one.source().pause();
    } else {
      one.source().resume();
    }
    done.put(one.name(), new Done(one.source(), state));
  }

  /**
   * Adds a source, or changes one that was added; see {@link SourceCatalog#put}.
   *
   * @throws IllegalArgumentException with words for the operator, if that cannot be
   * @throws ClusterException if it was done, but others cannot be told now
   */
  public synchronized void put(String name, JsonObject json) {
    catalog.put(name, json);
    if (!alone) {
      map.put(ADDED + name, Wire.bytes(json), LONG);
      Optional<byte[]> unused = map.remove(STATE + name);
    }
  }

  /**
   * Removes a source that was added.
   *
   * @return whether there was one
   * @throws IllegalArgumentException with words for the operator, if it is one of the configuration
   * @throws ClusterException if it was done, but others cannot be told now
   */
  public synchronized boolean remove(String name) {
    boolean removed = catalog.remove(name);
    if (removed && !alone) {
      map.put(ADDED + name, REMOVED, LONG);
      Optional<byte[]> unused = map.remove(STATE + name);
    }
    return removed;
  }

  /** Does what others have changed; call it every second while sources run. */
  public synchronized void sweep() {
    if (alone || (!stale && ++ticks % LOOK_TICKS != 0)) {
      return;
    }
    stale = false;
    try {
      Map<String, byte[]> shared = map.entries();
      follow(shared);
      shared.forEach(
          (key, value) -> {
            if (key.startsWith(STATE)) {
              follow(key.substring(STATE.length()), Wire.text(value));
            }
          });
    } catch (ClusterException e) {
      stale = true;
      LOG.log(Level.DEBUG, "the sources of others cannot be seen now", e);
    }
  }

  private void follow(Map<String, byte[]> shared) {
    boolean first = !joined && map.putIfAbsent(SEEDED, Wire.bytes(SEEDED), LONG);
    Map<String, JsonObject> own = catalog.added();
    Map<String, JsonObject> next = new LinkedHashMap<>();
    if (joined || first) {
      next.putAll(own);
    }
    if (joined && !shared.containsKey(SEEDED)) {
      map.put(SEEDED, Wire.bytes(SEEDED), LONG);
    }
    joined = true;
    shared.forEach(
        (key, value) -> {
          if (key.startsWith(ADDED)) {
            String name = key.substring(ADDED.length());
            if (value.length == 0) {
              next.remove(name);
            } else {
              next.put(name, Wire.object(value));
            }
          }
        });
    catalog.become(next);
    next.forEach(
        (name, json) -> {
          if (!shared.containsKey(ADDED + name)) {
            map.put(ADDED + name, Wire.bytes(json), LONG);
          }
        });
  }

  private void follow(String name, String state) {
    Optional<Running> found = catalog.find(name);
    if (found.isPresent() && !new Done(found.get().source(), state).equals(done.get(name))) {
      try {
        let(found.get(), state);
      } catch (UnsupportedOperationException e) {
        LOG.log(Level.DEBUG, name + ": cannot be paused here", e);
      }
    }
  }
}
