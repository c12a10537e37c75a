package io.openclaw.gateway.cluster.hazelcast;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import io.openclaw.gateway.cluster.Node;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Which members run the gateway: each that does says so in a map, again and again, by the member's
 * id. Members have one order, by their age, on all nodes, and so have nodes. Thread-safe.
 */
final class Membership {
  static final String NAMES = "openclaw.nodes";

  private static final Logger LOG = System.getLogger(Membership.class.getName());
  private static final int ANNOUNCE_TICKS = 5;
  private static final int NAME_SECONDS = 60;

  private final HazelcastInstance hazelcast;
  private final Node self;
  private final Deliveries deliveries;
  private final IMap<String, String> names;
  private final List<Consumer<List<Node>>> listeners = new CopyOnWriteArrayList<>();
  private volatile List<Node> nodes;
  private volatile boolean leaving;

  // Confined to the thread of deliveries, once it has begun.
  private final Map<String, Node> known = new HashMap<>();
  private String announced = "";
  private int ticks;

  private UUID members = new UUID(0, 0);
  private UUID entries = new UUID(0, 0);

  Membership(HazelcastInstance hazelcast, Node self, Deliveries deliveries) {
    this.hazelcast = hazelcast;
    this.self = self;
    this.deliveries = deliveries;
    this.names = hazelcast.getMap(NAMES);
    this.nodes = List.of(self);
  }

  List<Node> nodes() {
    return nodes;
  }

  void onChange(Consumer<List<Node>> listener) {
    listeners.add(listener);
  }

  /** Before the thread of deliveries begins. */
  void join() {
    members = hazelcast.getCluster().addMembershipListener(new MemberChanges());
    entries = names.addEntryListener(new NameChanges(), false);
    announced = ownId();
    names.set(announced, self.name(), NAME_SECONDS, TimeUnit.SECONDS);
    refresh();
    LOG.log(Level.INFO, "This node is {0} of {1}", self, nodes);
  }

  /** Looks what has changed; confined to the thread of deliveries. */
  void look() {
    if (!leaving) {
      announce();
      refresh();
    }
  }

  /** After a cluster was healed this member has another id, and what it said may be lost. */
  private void announce() {
    String id = ownId();
    if (!id.equals(announced) || ++ticks % ANNOUNCE_TICKS == 0) {
      announced = id;
      names.setAsync(id, self.name(), NAME_SECONDS, TimeUnit.SECONDS);
    }
  }

  private String ownId() {
    return hazelcast.getCluster().getLocalMember().getUuid().toString();
  }

  private void refresh() {
    String own = ownId();
    List<String> ids =
        hazelcast.getCluster().getMembers().stream()
            .map(each -> each.getUuid().toString())
            .toList();
    known.keySet().retainAll(ids);
    known.put(own, self);
    Set<String> unknown = new HashSet<>(ids);
    unknown.removeAll(known.keySet());
    if (!unknown.isEmpty()) {
      names.getAll(unknown).forEach((id, name) -> known.put(id, new Node(name)));
    }
    become(ids.stream().filter(known::containsKey).map(known::get).toList());
  }

  private void become(List<Node> now) {
    if (now.equals(nodes)) {
      return;
    }
    nodes = now;
    LOG.log(Level.INFO, "The nodes are {0}", now);
    for (Consumer<List<Node>> listener : listeners) {
      try {
        listener.accept(now);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a change of nodes could not be dealt with", e);
      }
    }
  }

  /** After the thread of deliveries was told to end. */
  void leave() {
    leaving = true;
    if (hazelcast.getLifecycleService().isRunning()) {
      hazelcast.getCluster().removeMembershipListener(members);
      names.removeEntryListener(entries);
      names.remove(ownId());
    }
  }

  private final class MemberChanges implements MembershipListener {
    @Override
    public void memberAdded(MembershipEvent event) {
      deliveries.offer(0, Membership.this::look);
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      deliveries.offer(0, Membership.this::look);
    }
  }

  private final class NameChanges
      implements EntryAddedListener<String, String>, EntryRemovedListener<String, String> {
    @Override
    public void entryAdded(EntryEvent<String, String> event) {
      deliveries.offer(0, Membership.this::look);
    }

    @Override
    public void entryRemoved(EntryEvent<String, String> event) {
      deliveries.offer(
          0,
          () -> {
            known.remove(event.getKey());
            look();
          });
    }
  }
}
