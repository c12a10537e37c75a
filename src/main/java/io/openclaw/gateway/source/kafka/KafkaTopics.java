package io.openclaw.gateway.source.kafka;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which topics of a cluster are read. */
public sealed interface KafkaTopics {
  /** What is put aside goes to a topic of that name and this behind it. */
  String DEAD = ".dead";

  /**
   * These topics.
   *
   * @param names one or more
   */
  record Named(List<String> names) implements KafkaTopics {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    /**
     * @throws IllegalArgumentException if there is none, or one that is no name of a topic
     */
    public Named {
      names = List.copyOf(names);
      if (names.isEmpty() || !names.stream().allMatch(name -> NAME.matcher(name).matches())) {
        throw new IllegalArgumentException(
            "topics are one or more names of 1 to 249 of A-Z a-z 0-9 . _ -");
      }
    }
  }

  /**
   * All topics whose whole name matches, those of later too. Topics that end with {@link #DEAD} are
   * never among them.
   *
   * @param regex a regular expression of Java
   */
  record Matching(String regex) implements KafkaTopics {
    /**
     * @throws IllegalArgumentException if it is no regular expression
     */
    public Matching {
      try {
        Pattern.compile(regex);
      } catch (PatternSyntaxException e) {
        throw new IllegalArgumentException(
            "pattern is a regular expression: " + e.getDescription(), e);
      }
    }

    Pattern pattern() {
      return Pattern.compile("(?!.*" + Pattern.quote(DEAD) + "$)(?:" + regex + ")");
    }
  }
}
