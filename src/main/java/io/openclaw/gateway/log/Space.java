package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.TopicPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One order of publications: a log, and the topics that are published there. Offsets and epochs of
 * two spaces have nothing to do with each other.
 *
 * @param index its place among all spaces; 0 for the default one
 * @param name what it is called in the configuration and in metrics
 * @param log where its publications are
 * @param alone whether there is no other space
 */
public record Space(int index, String name, TopicLog log, boolean alone) {
  /** The space of all topics that no other one has. */
  public static final String DEFAULT = "default";

  private static final String PRESENCE = "$presence";

  /** The default space, without another. */
  public static Space only(TopicLog log) {
    return new Space(0, DEFAULT, log, true);
  }

  /** How clients are told of it: its name, or null for the default space. */
  public @Nullable String wire() {
    return index == 0 ? null : name;
  }

  /**
   * Whether every topic that {@code pattern} matches is here, if the pattern is: one that leaves
   * open what selects the space has topics in others, too.
   */
  public boolean holdsAllOf(TopicPattern pattern) {
    return alone || !isWild(selector(pattern.levels()));
  }

  private static boolean isWild(String level) {
    return level.equals("+") || level.equals("#");
  }

  /** The level that selects the space: the first one, but for presence that of its topic. */
  static String selector(List<String> levels) {
    String first = levels.get(0);
    return levels.size() > 1 && first.equals(PRESENCE) ? levels.get(1) : first;
  }
}
