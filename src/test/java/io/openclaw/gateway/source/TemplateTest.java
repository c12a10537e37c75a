package io.openclaw.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.source.Template.UnfilledException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
  private static final Set<String> KNOWN = Set.of("key", "header.");

  private static Template topic(String text) {
    return Template.ofTopic(text, KNOWN);
  }

  @Test
  void valuesFillTheirPlaces() throws UnfilledException {
    Map<String, String> values = Map.of("key", "7", "header.site", "north");
    assertEquals("iot/north/x-7-y", topic("iot/${header.site}/x-${key}-y").fill(values::get));
    assertEquals("plain", topic("plain").fill(values::get));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "+", "x#", ""})
  void aValueStaysWithinItsLevel(String value) {
    assertThrows(UnfilledException.class, () -> topic("a/${key}").fill(place -> value));
  }

  @Test
  void aTextMayHaveAnythingInItsPlaces() throws UnfilledException {
    assertEquals("a/b+", Template.ofText("${key}", KNOWN).fill(place -> "a/b+"));
  }

  @Test
  void aValueThatIsMissingIsNamed() {
    UnfilledException e =
        assertThrows(UnfilledException.class, () -> topic("a/${header.x}").fill(place -> null));
    assertEquals("header.x, which a/${header.x} needs, has no value", e.reason());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/${kye}", "a/${header.}", "a/${key", "a/${}", "$sys/a", "a//${key}", "a/+"})
  void whatCanGiveNoTopicIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> topic(text));
  }

  @Test
  void theFaultSaysWhatIsKnown() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> topic("${kye}"));
    assertTrue(String.valueOf(e.getMessage()).contains("there are header., key"));
  }
}
