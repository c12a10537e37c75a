package io.openclaw.gateway.fleet;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.ClusterException;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.SharedMap;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.Revocation;
import io.openclaw.gateway.security.RevocationJson;
import io.openclaw.gateway.security.Revocations;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.Sessions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Revocations of all nodes:
 *
 * <ol>
 *   <li>one that is made here is told to all others, which end the sessions concerned and say how
 *       many;
 *   <li>it is put into a shared map besides, for those who did not hear it;
 *   <li>a node that joins, and each node when the nodes have changed, takes what is in the map and
 *       puts there what is missing: so what one node kept in its file counts on all;
 *   <li>of two that speak of the same, the newer one counts.
 * </ol>
 *
 * Thread-safe.
 */
public final class SharedRevocations {
  private static final Logger LOG = System.getLogger(SharedRevocations.class.getName());
  private static final String REVOKE = "revocations.revoke";

  private final Cluster cluster;
  private final SharedMap map;
  private final Revocations revocations;
  private final Sessions sessions;
  private final Audit audit;
  private final Clock clock;
  private volatile boolean stale;

  /**
   * @param clock that {@code revocations} go by
   */
  public SharedRevocations(
      Cluster cluster, Revocations revocations, Sessions sessions, Audit audit, Clock clock) {
    this.cluster = cluster;
    this.map = cluster.map("revocations");
    this.revocations = revocations;
    this.sessions = sessions;
    this.audit = audit;
    this.clock = clock;
  }

  /** Begins to hear others, and takes what they have. */
  public void start() {
    cluster.answer(REVOKE, bytes -> Wire.bytes(String.valueOf(accept(bytes))));
    map.listen((key, value) -> accept(value));
    cluster.onChange(nodes -> stale = true);
    stale = true;
    sweep();
  }

  private int accept(byte @Nullable [] bytes) {
    return bytes != null && revocations.accept(RevocationJson.decoded(bytes)) ? endRevoked() : 0;
  }

  private int endRevoked() {
    int ended = 0;
    for (ClientSession session : sessions.all()) {
      if (revocations.cover(session.identity())) {
        SessionDirectory.end(audit, session, "revoked");
        ended++;
      }
    }
    return ended;
  }

  /** Those that count. */
  public List<Revocation> all() {
    return revocations.all();
  }

  /**
   * Revokes on all nodes, and ends every session that it concerns with 4503. Waits for other nodes,
   * for two seconds at most.
   *
   * @param issuer only of this issuer, or null: of any
   * @return how many sessions were ended; empty if there are too many revocations already
   */
  public Optional<Integer> revoke(Revocation.Kind kind, String value, @Nullable String issuer) {
    return revocations.revoke(kind, value, issuer).map(this::told);
  }

  private int told(Revocation revocation) {
    int ended = endRevoked();
    byte[] bytes = RevocationJson.encoded(revocation);
    Map<Node, byte[]> answers = cluster.ask(REVOKE, bytes, Wire.PATIENCE).join();
    for (byte[] answer : answers.values()) {
      ended += Integer.parseInt(Wire.text(answer));
    }
    try {
      put(revocation, bytes);
    } catch (ClusterException e) {
      stale = true;
      LOG.log(Level.WARNING, "a revocation is told to the nodes that are there only", e);
    }
    return ended;
  }

  private void put(Revocation revocation, byte[] bytes) {
    Duration left = Duration.between(clock.instant(), revocation.until());
    map.put(RevocationJson.key(revocation), bytes, left);
  }

  /** Makes up for what was missed; call it every second. May block for the cluster and a file. */
  public void sweep() {
    if (stale) {
      stale = false;
      try {
        reconcile();
      } catch (ClusterException e) {
        stale = true;
        LOG.log(Level.DEBUG, "the revocations of others cannot be had now", e);
      }
    }
    revocations.save();
  }

  private void reconcile() {
    Map<String, byte[]> shared = map.entries();
    shared.values().forEach(this::accept);
    Map<String, Revocation> own = new HashMap<>();
    revocations.all().forEach(each -> own.put(RevocationJson.key(each), each));
    own.keySet().removeAll(shared.keySet());
    own.values().forEach(each -> put(each, RevocationJson.encoded(each)));
  }
}
