package io.openclaw.gateway.forward;

import io.openclaw.gateway.topic.TopicName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which topics are forwarded: the first rule that matches decides. The rules can be replaced while
 * everything runs. Thread-safe.
 */
public final class ForwardRules {
  private volatile List<ForwardRule> rules = List.of();

  public ForwardRules(List<ForwardRule> rules) {
    replace(rules);
  }

  /** Lets {@code rules} count from now on. */
  public void replace(List<ForwardRule> rules) {
    boolean some = rules.stream().anyMatch(rule -> rule.forward() != null);
    this.rules = some ? List.copyOf(rules) : List.of();
  }

  /** Where publications to {@code topic} go; null if they are not forwarded. */
  @Nullable Forward of(TopicName topic) {
    for (ForwardRule rule : rules) {
      if (rule.pattern().matches(topic)) {
        return rule.forward();
      }
    }
    return null;
  }
}
