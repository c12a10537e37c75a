package io.openclaw.gateway.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fuzz.Cost;
import io.openclaw.gateway.fuzz.HostileText;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever text is given as a topic or a pattern: it is one, or it is refused in words. */
class HostileTopicsTest {
  private static final Pattern SHAPELESS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

  @Property(seed = "20261122")
  void aTextIsATopicOrIsRefused(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      String text = HostileText.of(random);
      Cost.bounded(text, () -> checkName(text) & checkPattern(text));
    }
  }

  private static boolean checkName(String text) {
    try {
      TopicName topic = TopicName.of(text);
      assertEquals(text, topic.toString());
      assertEquals(text, String.join("/", topic.levels()));
      assertTrue(TopicPattern.of(text).matches(topic));
      return checkText(text);
    } catch (IllegalTopicException e) {
      Cost.assertTellsNothing(String.valueOf(e.getMessage()), text);
      return false;
    }
  }

  private static boolean checkPattern(String text) {
    try {
      TopicPattern pattern = TopicPattern.of(text);
      assertEquals(text, pattern.toString());
      assertTrue(pattern.covers(pattern) && pattern.intersects(pattern));
      return checkText(text);
    } catch (IllegalTopicException e) {
      Cost.assertTellsNothing(String.valueOf(e.getMessage()), text);
      return false;
    }
  }

  private static boolean checkText(String text) {
    assertTrue(text.length() <= 255 && text.split("/", -1).length <= 16);
    assertTrue(!SHAPELESS.matcher(text).find(), text);
    return true;
  }

  @Example
  void charactersWithoutAShapeAreRefused() {
    for (String shapeless :
        List.of(
            "\u0000",
            "\n",
            "\r",
            "\u001b",
            "\u007f",
            "\u0085",
            "\u2028",
            "\u2029",
            "\u202a",
            "\u202b",
            "\u202c",
            "\u202d",
            "\u202e",
            "\u2066",
            "\u2067",
            "\u2068",
            "\u2069",
            "\u200b",
            "\u200c",
            "\u200d",
            "\u200e",
            "\u200f",
            "\u2060",
            "\u061c",
            "\u00ad",
            "\ufeff",
            "\udb40\udc41",
            "\ud800",
            "\udc00",
            "\udc00\ud800")) {
      for (String text : List.of(shapeless, "a/" + shapeless, "a" + shapeless + "b/c")) {
        assertThrows(IllegalTopicException.class, () -> TopicName.of(text));
        assertThrows(IllegalTopicException.class, () -> TopicPattern.of(text + "/#"));
      }
    }
  }

  @Example
  void nothingIsNormalised() {
    TopicName composed = TopicName.of("caf\u00e9");
    TopicName decomposed = TopicName.of("cafe\u0301");
    assertTrue(!composed.equals(decomposed));
    assertTrue(!TopicPattern.exactly(composed).matches(decomposed));
  }
}
