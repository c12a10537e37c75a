package io.openclaw.gateway.cluster.hazelcast;

import io.openclaw.gateway.cluster.ClusterSettings;
import io.openclaw.gateway.cluster.ClusterSettings.Discovery;
import io.openclaw.gateway.cluster.ClusterSettings.Join;
import io.openclaw.gateway.cluster.Leases;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.dev.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Real members of one cluster in this JVM, on loopback. */
public final class TestMembers implements AutoCloseable {
  private final String name = "test-" + Ports.free();
  private final List<HazelcastEngine> engines = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  private TestMembers() {}

  /** Starts so many, one after the other. */
  public static TestMembers start(int count) {
    TestMembers members = new TestMembers();
    for (int i = 0; i < count; i++) {
      members.add();
    }
    return members;
  }

  /** Starts one more. */
  public HazelcastEngine add() {
    int port = Ports.free();
    addresses.add("127.0.0.1:" + port);
    HazelcastEngine engine =
        HazelcastEngine.start(
            new ClusterSettings(
                true,
                name,
                port,
                1,
                List.of("127.0.0.1"),
                new Discovery(Join.TCP, addresses, "", "", ""),
                Duration.ofSeconds(5),
                Leases.USUAL),
            new Node("member-" + port),
            TestMembers.class.getClassLoader());
    engines.add(engine);
    return engine;
  }

  /** The one that was started so many-th, from 0. */
  public HazelcastEngine get(int index) {
    return engines.get(index);
  }

  @Override
  public void close() {
    engines.forEach(engine -> engine.instance().getLifecycleService().terminate());
  }
}
