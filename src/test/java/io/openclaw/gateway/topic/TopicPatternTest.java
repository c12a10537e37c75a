package io.openclaw.gateway.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicPatternTest {
  @ParameterizedTest
  @CsvSource({
    "a/b, a/b",
    "a/+, a/b",
    "+/b, a/b",
    "+/+, a/b",
    "a/+/c, a/b/c",
    "'#', a",
    "'#', a/b/c",
    "a/#, a",
    "a/#, a/b",
    "a/#, a/b/c/d",
    "+/#, a",
    "a/+/#, a/b",
    "$sys/#, $sys",
    "$sys/+, $sys/nodes",
    "a/+, a/$b"
  })
  void matches(String pattern, String topic) {
    assertTrue(TopicPattern.of(pattern).matches(TopicName.of(topic)));
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, a",
    "a/b, a/b/c",
    "a/b, a/B",
    "a/+, a",
    "a/+, a/b/c",
    "+, a/b",
    "a/+/#, a",
    "a/#, b",
    "a/#, ab",
    "'#', $sys",
    "'#', $sys/nodes",
    "+/nodes, $sys/nodes",
    "+/#, $sys/nodes"
  })
  void doesNotMatch(String pattern, String topic) {
    assertFalse(TopicPattern.of(pattern).matches(TopicName.of(topic)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a//b", "a+", "+a/b", "a/b#", "#/a", "a/#/b", "##", "++", "/#", "+/"})
  void cannotBe(String text) {
    assertThrows(IllegalTopicException.class, () -> TopicPattern.of(text));
  }

  @Test
  void isTheOneTopicItMeansIfItHasNoWildcard() {
    assertEquals(Optional.of(TopicName.of("a/b")), TopicPattern.of("a/b").exactTopic());
    assertTrue(TopicPattern.of("a/b").isExact());
    assertEquals(Optional.empty(), TopicPattern.of("a/+").exactTopic());
    assertFalse(TopicPattern.of("#").isExact());
  }
}
