package io.openclaw.gateway.security;

import java.util.List;
import java.util.Map;

/**
 * Other limits for some.
 *
 * @param who whom it speaks of: any of them
 * @param values the limits that differ
 */
public record LimitRule(List<Who> who, Map<Limit, Long> values) {
  /**
   * Copies.
   *
   * @throws IllegalArgumentException if it speaks of nobody or says nothing
   */
  public LimitRule {
    if (who.isEmpty() || values.isEmpty()) {
      throw new IllegalArgumentException("a rule says whose limits differ, and which");
    }
    who = List.copyOf(who);
    values = Map.copyOf(values);
  }

  boolean speaksOf(Identity identity) {
    return who.stream().anyMatch(each -> each.includes(identity));
  }
}
