package io.openclaw.gateway.lab;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When and where a client comes back: after a goodbye at a random moment in its {@code after}; else
 * after a random time, below a bound that doubles with each failure in a row; at any node but the
 * one that it was at, if there are others. <i>Confined to one thread.</i>
 */
final class ComeBack {
  private static final long BASE_MILLIS = 500;
  private static final long CAP_MILLIS = 4_000;

  private final Random random;
  private final List<Node> nodes;
  private @Nullable Node last;
  private @Nullable JsonObject goodbye;
  private int failures;

  ComeBack(Random random, List<Node> nodes) {
    this.random = random;
    this.nodes = nodes;
  }

  /** The node to try now. */
  Node next() {
    List<Node> others = nodes.stream().filter(node -> !node.equals(last)).toList();
    List<Node> choice = others.isEmpty() ? nodes : others;
    Node node = choice.get(random.nextInt(choice.size()));
    last = node;
    return node;
  }

  void goodbye(JsonObject message) {
    goodbye = message;
  }

  /** It is connected and live. */
  void settled() {
    failures = 0;
    goodbye = null;
  }

  /** How long to wait, now that the connection has ended or did not come about. */
  long waitNanos() {
    JsonObject word = goodbye;
    goodbye = null;
    if (word != null && word.getBoolean("reconnect", false)) {
      long min = word.getJsonArray("after").getInt(0);
      long max = word.getJsonArray("after").getInt(1);
      return TimeUnit.MILLISECONDS.toNanos(min + random.nextLong(max - min + 1));
    }
    long bound = Math.min(CAP_MILLIS, BASE_MILLIS << Math.min(failures++, 10));
    return TimeUnit.MILLISECONDS.toNanos(random.nextLong(bound + 1));
  }
}
