package io.openclaw.gateway.security;

import java.util.List;
import java.util.function.Supplier;

/**
 * The limits in force: of the rules the first that speaks of somebody counts, and the usual limits
 * where it says nothing or none does. Thread-safe.
 */
public final class CurrentLimits {
  private final Limits usual;
  private final Supplier<List<LimitRule>> source;
  private volatile Version version;

  /** Rules, and what the limits come to by each. */
  private record Version(List<LimitRule> rules, List<Special> specials) {}

  private record Special(LimitRule rule, Limits limits) {}

  /**
   * @param source gives the rules in force, always the same list until they change; asked at every
   *     turn
   */
  public CurrentLimits(Limits usual, Supplier<List<LimitRule>> source) {
    this.usual = usual;
    this.source = source;
    this.version = version(source.get());
  }

  /** The usual limits for everybody. */
  public static CurrentLimits only(Limits usual) {
    return new CurrentLimits(usual, List::of);
  }

  private Version version(List<LimitRule> rules) {
    return new Version(
        rules, rules.stream().map(rule -> new Special(rule, usual.with(rule.values()))).toList());
  }

  @SuppressWarnings("ReferenceEquality") // the same list until the rules change
  private Version current() {
    List<LimitRule> rules = source.get();
    Version known = version;
    if (known.rules() != rules) {
      known = version(rules);
      version = known;
    }
    return known;
  }

  /** The limits for {@code identity}. */
  public Limits of(Identity identity) {
    for (Special each : current().specials()) {
      if (each.rule().speaksOf(identity)) {
        return each.limits();
      }
    }
    return usual;
  }

  /** Something that is another one once the rules have changed. */
  Object rules() {
    return current().rules();
  }
}
