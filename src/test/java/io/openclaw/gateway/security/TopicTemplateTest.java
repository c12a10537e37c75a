package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.topic.TopicPattern;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicTemplateTest {
  private static Identity named(String user) {
    return new Identity(user, Set.of(), Map.of("https://x.example/tenant", "acme"), null, null);
  }

  @Property
  void whateverTheUserIsCalledTheWidestPatternCoversTheResult(@ForAll @NotEmpty String user) {
    for (String text : new String[] {"{user}", "{user}/#", "a/{user}/b", "a/x{user}y/+"}) {
      TopicTemplate template = TopicTemplate.of(text);
      template
          .resolve(named(user))
          .ifPresent(pattern -> assertTrue(template.widest().covers(pattern), pattern::toString));
    }
  }

  @Property
  void whateverTheUserIsCalledTheLevelsStayThose(@ForAll @NotEmpty String user) {
    Optional<TopicPattern> pattern = TopicTemplate.of("a/{user}/b").resolve(named(user));
    pattern.ifPresent(found -> assertEquals("a/" + user + "/b", found.toString()));
    pattern.ifPresent(found -> assertEquals(3, found.levels().size()));
  }

  @Example
  void aClaimMayBeNamedByAUrl() {
    assertEquals(
        Optional.of(TopicPattern.of("t/acme/#")),
        TopicTemplate.of("t/{claim:https://x.example/tenant}/#").resolve(named("ann")));
  }

  @Example
  void aValueThatMakesTheTopicTooLongCannotBeUsed() {
    assertEquals(Optional.empty(), TopicTemplate.of("a/{user}").resolve(named("x".repeat(255))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/{usr}", "a/{claim:}", "a/{user", "a/user}", "+{user}", "a//b", "", "{}"})
  void whatIsNoTemplateIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> TopicTemplate.of(text));
  }
}
