package io.openclaw.gateway.cluster.hazelcast;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.openclaw.gateway.cluster.ClusterSettings;
import io.openclaw.gateway.cluster.Node;
import java.util.Optional;

/** The member of the cluster that this process is. Thread-safe. */
public final class HazelcastEngine implements AutoCloseable {
  private final HazelcastInstance instance;
  private final boolean isOwn;

  private HazelcastEngine(HazelcastInstance instance, boolean isOwn) {
    this.instance = instance;
    this.isOwn = isOwn;
  }

  /**
   * The server's own member, which the server configured and will stop.
   *
   * @param instance what the server has under its name; no other type, so that nobody needs to know
   *     one who only looks whether there is something
   * @throws IllegalArgumentException if it is none
   */
  public static HazelcastEngine ofServer(Object instance) {
    if (instance instanceof HazelcastInstance member) {
      return new HazelcastEngine(member, false);
    }
    throw new IllegalArgumentException("the server's Hazelcast is not the one that is known here");
  }

  /**
   * Starts a member of our own, and returns when it has joined the others or found none; blocks for
   * some seconds.
   *
   * @param classes of the application
   * @throws RuntimeException if it cannot start, such as when all its ports are taken
   */
  public static HazelcastEngine start(ClusterSettings settings, Node self, ClassLoader classes) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      return new HazelcastEngine(
          Hazelcast.newHazelcastInstance(EngineConfig.of(settings, self, classes)), true);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** The member itself. */
  public HazelcastInstance instance() {
    return instance;
  }

  /** What is wrong with it now, in words; quick. */
  public Optional<String> problem() {
    return instance.getLifecycleService().isRunning()
        ? Optional.empty()
        : Optional.of("this node has left the cluster");
  }

  /** Hands over what it holds for others and leaves; a server's member stays. */
  @Override
  public void close() {
    if (isOwn) {
      instance.shutdown();
    }
  }
}
