package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * All logs of a gateway, and which topic is in which. The first level of a topic selects its space;
 * what no space has is in the default one. A pattern lives in exactly one space:
 *
 * <ol>
 *   <li>one whose first level is a name: in the space of that;
 *   <li>one that begins with a wildcard: in the default space, and it sees no topic of others;
 *   <li>below {@code $presence} the level behind it decides, so that presence is where its topic
 *       is;
 *   <li>everything else below {@code $} is in the default space.
 * </ol>
 *
 * <p>Thread-safe; does not change.
 */
public final class Spaces {
  private final List<Space> all;
  private final Map<String, Space> byFirstLevel;

  private Spaces(List<Space> all, Map<String, Space> byFirstLevel) {
    this.all = List.copyOf(all);
    this.byFirstLevel = Map.copyOf(byFirstLevel);
  }

  /** The default space alone, with this log. */
  public static Spaces of(TopicLog log) {
    return new Spaces(List.of(Space.only(log)), Map.of());
  }

  /**
   * @param logs makes the log of a space by its name; called once for each, the default space first
   */
  public static Spaces of(SpaceSettings settings, Function<String, TopicLog> logs) {
    Map<String, List<String>> named = settings.firstLevels();
    List<Space> all = new ArrayList<>(1 + named.size());
    Map<String, Space> byFirstLevel = new HashMap<>();
    all.add(new Space(0, Space.DEFAULT, logs.apply(Space.DEFAULT), named.isEmpty()));
    named.forEach(
        (name, levels) -> {
          Space space = new Space(all.size(), name, logs.apply(name), false);
          all.add(space);
          levels.forEach(level -> byFirstLevel.put(level, space));
        });
    return new Spaces(all, byFirstLevel);
  }

  /** In the order of their indexes, the default one first. */
  public List<Space> all() {
    return all;
  }

  /** Where {@code topic} is published. */
  public Space of(TopicName topic) {
    return byFirstLevel.isEmpty() ? all.get(0) : of(topic.levels());
  }

  /** Where {@code pattern} lives. */
  public Space of(TopicPattern pattern) {
    return byFirstLevel.isEmpty() ? all.get(0) : of(pattern.levels());
  }

  /** Whether what the logs hold ends with this process; all of them are of one kind. */
  public boolean areVolatile() {
    return all.get(0).log().isVolatile();
  }

  /**
   * Appends each draft to the log of its topic: those of one log together, in the given order.
   *
   * @return completes when all are safe and can be read here, with a place for each, in the given
   *     order; or with {@link LogUnavailableException}, in bounded time: then some may be in their
   *     logs
   */
  public CompletableFuture<List<Placement>> append(List<Draft> drafts) {
    if (byFirstLevel.isEmpty()) {
      return all.get(0).log().append(drafts);
    }
    List<Integer> spaces = drafts.stream().map(draft -> of(draft.topic()).index()).toList();
    List<CompletableFuture<List<Placement>>> parts =
        all.stream().map(space -> append(space, drafts, spaces)).toList();
    return CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
        .thenApply(done -> inOrder(spaces, parts));
  }

  private static CompletableFuture<List<Placement>> append(
      Space space, List<Draft> drafts, List<Integer> spaces) {
    List<Draft> part = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      if (spaces.get(i) == space.index()) {
        part.add(drafts.get(i));
      }
    }
    return part.isEmpty() ? CompletableFuture.completedFuture(List.of()) : space.log().append(part);
  }

  private static List<Placement> inOrder(
      List<Integer> spaces, List<CompletableFuture<List<Placement>>> parts) {
    List<Iterator<Placement>> next = parts.stream().map(part -> part.join().iterator()).toList();
    return spaces.stream().map(space -> next.get(space).next()).toList();
  }

  private Space of(List<String> levels) {
    return byFirstLevel.getOrDefault(Space.selector(levels), all.get(0));
  }
}
