package io.openclaw.gateway.topic;

import static io.openclaw.gateway.topic.TopicMode.EVENTS;
import static io.openclaw.gateway.topic.TopicMode.LATEST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicRulesTest {
  private static TopicRules rules(TopicRule... rules) {
    return new TopicRules(List.of(rules));
  }

  private static TopicRule rule(String pattern, TopicMode mode) {
    return new TopicRule(TopicPattern.of(pattern), mode);
  }

  private static TopicMode of(TopicRules rules, String topic) {
    return rules.modeOf(TopicName.of(topic));
  }

  private static TopicMode ofAll(TopicRules rules, String pattern) {
    return rules.modeOf(TopicPattern.of(pattern));
  }

  @Test
  void aTopicWithoutRuleIsDeliveredAsEvents() {
    assertEquals(EVENTS, of(rules(), "a"));
  }

  @Test
  void theFirstRuleThatMatchesDecides() {
    TopicRules rules = rules(rule("stock/trades/#", EVENTS), rule("stock/#", LATEST));
    assertEquals(EVENTS, of(rules, "stock/trades/1"));
    assertEquals(LATEST, of(rules, "stock/prices/1"));
  }

  @Test
  void aRuleThatNoTopicOfThePatternCanMatchIsPassedOver() {
    assertEquals(LATEST, ofAll(rules(rule("b/#", EVENTS), rule("a/#", LATEST)), "a/+"));
  }

  @Test
  void anEventsRuleThatOverlapsDecidesForThePattern() {
    assertEquals(EVENTS, ofAll(rules(rule("a/x", EVENTS), rule("a/#", LATEST)), "a/+"));
  }

  @Test
  void aLatestRuleDecidesIfItCoversThePattern() {
    assertEquals(LATEST, ofAll(rules(rule("a/#", LATEST), rule("a/x", EVENTS)), "a/+"));
  }

  @Test
  void aLatestRuleThatOverlapsOnlyLeavesItToTheNext() {
    TopicRules rules = rules(rule("a/x", LATEST), rule("a/#", LATEST));
    assertEquals(LATEST, ofAll(rules, "a/+"));
    assertEquals(EVENTS, ofAll(rules(rule("a/x", LATEST)), "a/+"));
  }

  @Test
  void replacedRulesCountAtOnce() {
    TopicRules rules = rules();
    rules.replace(List.of(rule("a", LATEST)));
    assertEquals(LATEST, of(rules, "a"));
  }

  @Test
  void theFirstRuleThatMatchesDecidesOnPresence() {
    TopicRules rules =
        rules(
            rule("rooms/quiet", EVENTS),
            new TopicRule(TopicPattern.of("rooms/#"), EVENTS, true),
            new TopicRule(TopicPattern.of("#"), EVENTS, false));
    assertTrue(rules.hasPresence());
    assertTrue(rules.hasPresence(TopicName.of("rooms/1")));
    assertFalse(rules.hasPresence(TopicName.of("rooms/quiet")));
    assertFalse(rules.hasPresence(TopicName.of("stock")));
    rules.replace(List.of());
    assertFalse(rules.hasPresence());
    assertFalse(rules.hasPresence(TopicName.of("rooms/1")));
  }
}
