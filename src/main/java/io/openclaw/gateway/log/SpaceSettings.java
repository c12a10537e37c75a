package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.TopicName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which topics have a log of their own. Fixed at the start, and the same on all nodes.
 *
 * @param firstLevels by the name of a space, the first levels of its topics; each in one space
 *     only. Without any there is the default space alone
 */
public record SpaceSettings(Map<String, List<String>> firstLevels) {
  /** Spaces at most, the default one among them: each costs a log, and the pumps look at all. */
  public static final int MAX_SPACES = 16;

  /** First levels of one space at most. */
  public static final int MAX_FIRST_LEVELS = 1_000;

  /** The default space alone. */
  public static final SpaceSettings NONE = new SpaceSettings(Map.of());

  private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException with what is wrong
   */
  public SpaceSettings {
    if (firstLevels.size() >= MAX_SPACES) {
      throw new IllegalArgumentException("at most " + (MAX_SPACES - 1) + " spaces");
    }
    Map<String, List<String>> checked = new LinkedHashMap<>();
    Map<String, String> owners = new LinkedHashMap<>();
    firstLevels.forEach(
        (name, levels) -> checked.put(checkName(name), check(name, levels, owners)));
    firstLevels = Collections.unmodifiableMap(checked);
  }

  /**
   * Checks the name of a space.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static String checkName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(Space.DEFAULT)) {
      throw new IllegalArgumentException(
          "the name of a space is 1 to 32 of a-z, 0-9 and - between them, and not "
              + Space.DEFAULT);
    }
    return name;
  }

  private static List<String> check(String name, List<String> levels, Map<String, String> owners) {
    if (levels.isEmpty() || levels.size() > MAX_FIRST_LEVELS) {
      throw new IllegalArgumentException("a space has 1 to " + MAX_FIRST_LEVELS + " first levels");
    }
    for (String level : levels) {
      String owner = owners.putIfAbsent(checkFirstLevel(level), name);
      if (owner != null) {
        throw new IllegalArgumentException(level + " is in the space " + owner + " already");
      }
    }
    return List.copyOf(levels);
  }

  /**
   * Checks the first level of topics.
   *
   * @throws IllegalArgumentException if it is none, or one of the gateway's own
   */
  public static String checkFirstLevel(String level) {
    TopicName topic = TopicName.of(level);
    if (topic.levels().size() > 1 || topic.isReserved()) {
      throw new IllegalArgumentException(
          "a first level is one level of a topic, and does not begin with $");
    }
    return level;
  }
}
