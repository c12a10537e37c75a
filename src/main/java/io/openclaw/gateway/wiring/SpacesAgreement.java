package io.openclaw.gateway.wiring;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.log.SpaceSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Whether all nodes have the same spaces: one that has others would publish a topic where nobody
 * else looks for it. A node asks the others whenever nodes have come or gone, until all older ones
 * have answered; the younger of two that differ is not ready. Thread-safe.
 */
final class SpacesAgreement {
  private static final Logger LOG = System.getLogger(SpacesAgreement.class.getName());
  private static final String SUBJECT = "spaces";
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Cluster cluster;
  private final byte[] ours;
  private volatile @Nullable String problem;
  private volatile boolean known;
  private volatile boolean asking;

  private SpacesAgreement(Cluster cluster, SpaceSettings spaces) {
    this.cluster = cluster;
    this.ours = written(spaces).getBytes(StandardCharsets.UTF_8);
  }

  /** Compares {@code spaces} with those of the others from now on. */
  static SpacesAgreement over(Cluster cluster, SpaceSettings spaces) {
    SpacesAgreement agreement = new SpacesAgreement(cluster, spaces);
    cluster.answer(SUBJECT, question -> agreement.ours);
    cluster.onChange(nodes -> agreement.known = false);
    agreement.sweep();
    return agreement;
  }

  /** What is wrong now, in words for an operator. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  /** To be called every second or so. */
  void sweep() {
    if (!known && !asking) {
      asking = true;
      known = true;
      CompletableFuture<Void> unused =
          cluster.ask(SUBJECT, new byte[0], PATIENCE).thenAccept(this::compare);
    }
  }

  private void compare(Map<Node, byte[]> answers) {
    asking = false;
    if (!answers.keySet().containsAll(older())) {
      known = false;
    }
    String found = difference(older(), ours, answers);
    if (found != null && problem == null) {
      LOG.log(Level.ERROR, found);
    }
    problem = found;
  }

  private List<Node> older() {
    return cluster.nodes().stream().takeWhile(node -> !node.equals(cluster.self())).toList();
  }

  /** The same for the same spaces, in whatever order they are written. */
  private static String written(SpaceSettings spaces) {
    Map<String, TreeSet<String>> sorted = new TreeMap<>();
    spaces.firstLevels().forEach((name, levels) -> sorted.put(name, new TreeSet<>(levels)));
    return sorted.toString();
  }

  /** Which of the {@code older} nodes has other spaces, in words; null if there is none. */
  private static @Nullable String difference(
      List<Node> older, byte[] ours, Map<Node, byte[]> answers) {
    return older.stream()
        .filter(node -> answers.containsKey(node) && !Arrays.equals(answers.get(node), ours))
        .findFirst()
        .map(node -> "the node " + node.name() + " has other spaces: all must have the same")
        .orElse(null);
  }
}
