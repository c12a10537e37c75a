package io.openclaw.gateway.fleet;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of all nodes are subscribed to. A node that does not answer within {@code 2 s}
 * is left out, and named; so is what a busy thread did not tell in half of that. Blocks for that
 * long at most. Thread-safe.
 */
public final class TopicDirectory {
  private static final String PAGE = "topics.page";

  private final Cluster cluster;
  private final Sessions sessions;

  public TopicDirectory(Cluster cluster, Sessions sessions) {
    this.cluster = cluster;
    this.sessions = sessions;
  }

  /**
   * A topic or pattern that somebody is subscribed to.
   *
   * @param subscribers sessions
   * @param nodes how many of them are where
   */
  public record Item(String topic, int subscribers, SortedMap<String, Integer> nodes) {}

  /**
   * A page.
   *
   * @param items in the order of their topics
   * @param more whether others follow: ask again with {@code after} the last topic
   * @param missing nodes that did not answer in time; absent if all did
   */
  public record Page(List<Item> items, boolean more, @Nullable List<String> missing) {}

  /** Begins to answer other nodes. */
  public void start() {
    cluster.answerLater(PAGE, question -> ownPage(Wire.object(question)).thenApply(Wire::bytes));
  }

  /**
   * A page of what is subscribed to.
   *
   * @param after only behind this one; empty: from the first
   * @param limit at most so many
   */
  public Page page(String after, int limit) {
    JsonObject question =
        Wire.JSON.createObjectBuilder().add("after", after).add("limit", limit + 1).build();
    CompletableFuture<Map<Node, byte[]>> asked =
        cluster.ask(PAGE, Wire.bytes(question), Wire.PATIENCE);
    SortedMap<String, SortedMap<String, Integer>> all = new TreeMap<>();
    add(all, cluster.self(), ownPage(question).join());
    Map<Node, byte[]> answers = asked.join();
    answers.forEach((node, answer) -> add(all, node, Wire.object(answer)));
    List<String> missing = Wire.missing(cluster, answers.keySet());
    return new Page(
        all.entrySet().stream().limit(limit).map(TopicDirectory::item).toList(),
        all.size() > limit,
        missing.isEmpty() ? null : missing);
  }

  private static void add(
      SortedMap<String, SortedMap<String, Integer>> all, Node node, JsonObject page) {
    page.forEach(
        (topic, count) ->
            all.computeIfAbsent(topic, unused -> new TreeMap<>())
                .put(node.name(), ((JsonNumber) count).intValue()));
  }

  private static Item item(Map.Entry<String, SortedMap<String, Integer>> entry) {
    int subscribers = entry.getValue().values().stream().mapToInt(Integer::intValue).sum();
    return new Item(entry.getKey(), subscribers, entry.getValue());
  }

  /** Asks each session, which says so when it is its turn. */
  private CompletableFuture<JsonObject> ownPage(JsonObject question) {
    List<CompletableFuture<List<TopicPattern>>> asked =
        sessions.all().stream().map(ClientSession::patterns).toList();
    return CompletableFuture.allOf(asked.toArray(new CompletableFuture<?>[0]))
        .completeOnTimeout(null, Wire.PATIENCE.toMillis() / 2, TimeUnit.MILLISECONDS)
        .thenApply(done -> counted(asked, question.getString("after"), question.getInt("limit")));
  }

  private static JsonObject counted(
      List<CompletableFuture<List<TopicPattern>>> asked, String after, int limit) {
    SortedMap<String, Integer> counts = new TreeMap<>();
    for (CompletableFuture<List<TopicPattern>> one : asked) {
      for (TopicPattern pattern : one.getNow(List.of())) {
        counts.merge(pattern.toString(), 1, Integer::sum);
      }
    }
    JsonObjectBuilder page = Wire.JSON.createObjectBuilder();
    counts.entrySet().stream()
        .filter(entry -> entry.getKey().compareTo(after) > 0)
        .limit(limit)
        .forEach(entry -> page.add(entry.getKey(), entry.getValue()));
    return page.build();
  }
}
