package io.openclaw.gateway.topic;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicLimitsTest {
  private final TopicLimits limits = new TopicLimits(7, 3);

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b/c", "abcdefg", "ab/cd/e"})
  void whatIsWithinTheLimitsPasses(String text) {
    assertDoesNotThrow(() -> limits.check(TopicName.of(text)));
    assertDoesNotThrow(() -> limits.check(TopicPattern.of(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b/c/d", "abcdefgh"})
  void whatIsLongerOrDeeperDoesNot(String text) {
    assertThrows(IllegalTopicException.class, () -> limits.check(TopicName.of(text)));
    assertThrows(IllegalTopicException.class, () -> limits.check(TopicPattern.of(text)));
  }

  @Test
  void wildcardsAreLevelsToo() {
    assertDoesNotThrow(() -> limits.check(TopicPattern.of("+/+/#")));
    assertThrows(IllegalTopicException.class, () -> limits.check(TopicPattern.of("a/+/c/#")));
  }

  @Test
  void moreThanTheProtocolAllowsCannotBeSet() {
    assertThrows(IllegalArgumentException.class, () -> new TopicLimits(256, 16));
    assertThrows(IllegalArgumentException.class, () -> new TopicLimits(255, 17));
    assertThrows(IllegalArgumentException.class, () -> new TopicLimits(0, 1));
  }
}
