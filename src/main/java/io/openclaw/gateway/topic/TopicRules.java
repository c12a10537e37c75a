package io.openclaw.gateway.topic;

import java.util.List;

/**
 * The settings of topics by pattern. The first rule that matches decides; without one a topic is
 * delivered as {@link TopicMode#EVENTS}. The rules can be replaced while everything runs.
 * Thread-safe.
 */
public final class TopicRules {
  private volatile List<TopicRule> rules;
  private volatile boolean presence;

  public TopicRules(List<TopicRule> rules) {
    this.rules = List.copyOf(rules);
    this.presence = rules.stream().anyMatch(TopicRule::presence);
  }

  /** Lets {@code rules} count from now on. */
  public void replace(List<TopicRule> rules) {
    this.rules = List.copyOf(rules);
    this.presence = rules.stream().anyMatch(TopicRule::presence);
  }

  /** Whether any topic has presence. */
  public boolean hasPresence() {
    return presence;
  }

  /** Whether it is told who is on {@code topic}. */
  public boolean hasPresence(TopicName topic) {
    for (TopicRule rule : presence ? rules : List.<TopicRule>of()) {
      if (rule.pattern().matches(topic)) {
        return rule.presence();
      }
    }
    return false;
  }

  /** How {@code topic} is delivered. */
  public TopicMode modeOf(TopicName topic) {
    for (TopicRule rule : rules) {
      if (rule.pattern().matches(topic)) {
        return rule.mode();
      }
    }
    return TopicMode.EVENTS;
  }

  /**
   * How the topics of {@code pattern} are delivered together: {@link TopicMode#LATEST} only if each
   * of them is. The rules are gone through in order:
   *
   * <ol>
   *   <li>one that no topic of the pattern can match is passed over;
   *   <li>one for {@code EVENTS} decides;
   *   <li>one for {@code LATEST} decides if it covers the pattern, else the search goes on;
   *   <li>after the last it is {@code EVENTS}.
   * </ol>
   */
  public TopicMode modeOf(TopicPattern pattern) {
    for (TopicRule rule : rules) {
      boolean decides = rule.mode() == TopicMode.EVENTS || rule.pattern().covers(pattern);
      if (decides && rule.pattern().intersects(pattern)) {
        return rule.mode();
      }
    }
    return TopicMode.EVENTS;
  }
}
