package io.openclaw.gateway.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {
  @Test
  void hasTheLevelsBetweenItsSlashes() {
    assertEquals(List.of("stock", "AAPL", "price"), TopicName.of("stock/AAPL/price").levels());
    assertEquals(List.of("alone"), TopicName.of("alone").levels());
  }

  @Test
  void isEqualByItsTextInItsCase() {
    assertEquals(TopicName.of("a/b"), TopicName.of("a/b"));
    assertEquals(TopicName.of("a/b").hashCode(), TopicName.of("a/b").hashCode());
    assertNotEquals(TopicName.of("a/b"), TopicName.of("a/B"));
  }

  @Test
  void isReservedIfItsFirstLevelStartsWithADollar() {
    assertTrue(TopicName.of("$sys/nodes").isReserved());
    assertFalse(TopicName.of("prices/$").isReserved());
  }

  @Test
  void hasAtMost255Characters() {
    assertEquals(255, TopicName.of("x".repeat(255)).toString().length());
    assertThrows(IllegalTopicException.class, () -> TopicName.of("x".repeat(256)));
  }

  @Test
  void hasAtMost16Levels() {
    assertEquals(16, TopicName.of("x/".repeat(15) + "x").levels().size());
    assertThrows(IllegalTopicException.class, () -> TopicName.of("x/".repeat(16) + "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/a", "a/", "a//b", "+", "a/+", "a/#", "a+b", "a\nb", "a\u0000"})
  void cannotBe(String text) {
    assertThrows(IllegalTopicException.class, () -> TopicName.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\ud800", "\udc00a", "a/\ud800/b", "\udc00\ud800"})
  void hasNoHalfOfASurrogatePair(String text) {
    assertThrows(IllegalTopicException.class, () -> TopicName.of(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "a b", "ü/日本/😀", "a.b-c_d~e", "a*b", "$", "a/$b"})
  void canBe(String text) {
    assertEquals(text, TopicName.of(text).toString());
  }

  @Test
  void saysWhichRuleIsBrokenWithoutQuotingTheText() {
    String message =
        assertThrows(IllegalTopicException.class, () -> TopicName.of("secret//x")).getMessage();
    assertEquals("a topic has no empty level", message);
  }
}
