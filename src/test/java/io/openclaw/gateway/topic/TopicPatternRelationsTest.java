package io.openclaw.gateway.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Checks what patterns say of each other against all topics over a small alphabet. */
class TopicPatternRelationsTest {
  private static final List<TopicName> ALL_TOPICS = topics(List.of("a", "b", "c", "$s"), 4);

  private static List<TopicName> topics(List<String> levels, int depth) {
    List<String> texts = new ArrayList<>(levels);
    List<String> last = levels;
    for (int i = 1; i < depth; i++) {
      last = last.stream().flatMap(head -> levels.stream().map(tail -> head + '/' + tail)).toList();
      texts.addAll(last);
    }
    return texts.stream().map(TopicName::of).toList();
  }

  @Provide
  Arbitrary<TopicPattern> patterns() {
    Arbitrary<List<String>> levels =
        Arbitraries.of("a", "b", "$s", "+", "+").list().ofMinSize(0).ofMaxSize(3);
    return levels
        .flatMap(head -> Arbitraries.of("", "#", "a").map(tail -> join(head, tail)))
        .filter(text -> !text.isEmpty())
        .map(TopicPattern::of);
  }

  private static String join(List<String> head, String tail) {
    List<String> levels = new ArrayList<>(head);
    if (!tail.isEmpty()) {
      levels.add(tail);
    }
    return String.join("/", levels);
  }

  @Property(tries = 3000)
  void whatIsCoveredIsMatched(
      @ForAll("patterns") TopicPattern wide, @ForAll("patterns") TopicPattern narrow) {
    if (wide.covers(narrow)) {
      assertTrue(ALL_TOPICS.stream().filter(narrow::matches).allMatch(wide::matches));
    }
  }

  @Property(tries = 3000)
  void patternsIntersectIfAndOnlyIfSomeTopicMatchesBoth(
      @ForAll("patterns") TopicPattern one, @ForAll("patterns") TopicPattern other) {
    boolean common =
        ALL_TOPICS.stream().anyMatch(topic -> one.matches(topic) && other.matches(topic));
    assertEquals(common, one.intersects(other), () -> one + " and " + other);
  }

  @Property
  void intersectionIsSymmetric(
      @ForAll("patterns") TopicPattern one, @ForAll("patterns") TopicPattern other) {
    assertEquals(one.intersects(other), other.intersects(one));
  }

  @Property
  void aPatternThatCoversAnotherIntersectsIt(
      @ForAll("patterns") TopicPattern wide, @ForAll("patterns") TopicPattern narrow) {
    if (wide.covers(narrow)) {
      assertTrue(wide.intersects(narrow));
    }
  }

  @Property
  void aTopicIsMatchedCoveredAndIntersectedAlike(@ForAll("patterns") TopicPattern pattern) {
    for (TopicName topic : ALL_TOPICS) {
      TopicPattern exact = TopicPattern.exactly(topic);
      assertEquals(pattern.matches(topic), pattern.covers(exact));
      assertEquals(pattern.matches(topic), pattern.intersects(exact));
    }
  }

  @Example
  void thePatternOfATopicEqualsTheOneParsed() {
    assertEquals(TopicPattern.of("a/b"), TopicPattern.exactly(TopicName.of("a/b")));
  }
}
