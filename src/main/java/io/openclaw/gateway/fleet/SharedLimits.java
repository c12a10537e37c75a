package io.openclaw.gateway.fleet;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.security.RequestLimits;
import io.openclaw.gateway.session.SeatCounts;
import io.openclaw.gateway.session.Sessions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds limits of users and addresses on all nodes together, about:
 *
 * <ol>
 *   <li>each node decides by itself, at once;
 *   <li>every second it tells the others what its users and addresses have taken of their rates,
 *       and how many sessions they have, of those who took an eighth of their part;
 *   <li>what others tell is taken out of the same buckets here, and owed if it is not there; their
 *       sessions count as if they were here.
 * </ol>
 *
 * So in the first second each node may grant a whole burst, and whoever has less than is worth
 * telling on each of the nodes has an eighth more than allowed at most; after that the rate holds.
 * {@value #MAX_KEYS} users and as many addresses are told at a time. Thread-safe.
 */
public final class SharedLimits {
  private static final int MAX_KEYS = 5_000;
  private static final String USAGE = "limits.usage";

  private final Cluster cluster;
  private final RequestLimits requests;
  private final Sessions sessions;
  private final Map<Node, SeatCounts> seats = new ConcurrentHashMap<>();
  private boolean toldSeats;

  public SharedLimits(Cluster cluster, RequestLimits requests, Sessions sessions) {
    this.cluster = cluster;
    this.requests = requests;
    this.sessions = sessions;
  }

  /** Begins to hear others. */
  public void start() {
    cluster.receive(USAGE, (from, bytes) -> hear(from, Usage.decoded(bytes)));
    cluster.onChange(this::keep);
  }

  private void hear(Node from, Usage usage) {
    requests.takenElsewhere(usage.spent());
    seats.put(from, usage.seats());
    count();
  }

  private void keep(List<Node> nodes) {
    seats.keySet().retainAll(nodes);
    count();
  }

  private void count() {
    Map<String, Integer> users = new HashMap<>();
    Map<String, Integer> addresses = new HashMap<>();
    for (SeatCounts each : seats.values()) {
      each.users().forEach((key, count) -> users.merge(key, count, Integer::sum));
      each.addresses().forEach((key, count) -> addresses.merge(key, count, Integer::sum));
    }
    sessions.elsewhere(new SeatCounts(users, addresses));
  }

  /** Tells the others; call it every second. */
  public synchronized void sweep() {
    int nodes = cluster.nodes().size();
    if (nodes > 1) {
      Usage usage = new Usage(sessions.toTell(nodes, MAX_KEYS), requests.toTell(nodes, MAX_KEYS));
      if (!usage.isEmpty() || toldSeats) {
        cluster.broadcast(USAGE, usage.encoded());
      }
      toldSeats = !usage.seats().isEmpty();
    }
  }
}
