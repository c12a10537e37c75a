package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.security.Limit;
import io.openclaw.gateway.security.LimitRule;
import io.openclaw.gateway.security.Rate;
import io.openclaw.gateway.security.Who;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the rules below {@code limits}. */
final class LimitsSection {
  private LimitsSection() {}

  static Optional<LimitRule> rule(YamlValue item) {
    return item.map().flatMap(map -> rule(item, map));
  }

  private static Optional<LimitRule> rule(YamlValue item, YamlMap map) {
    List<Who> who = AccessSection.whos(map);
    Map<Limit, Long> values = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      map.get(limit.key())
          .flatMap(value -> amount(limit, value))
          .ifPresent(amount -> values.put(limit, amount));
    }
    map.end();
    return who.isEmpty() ? Optional.empty() : item.make(() -> new LimitRule(who, values));
  }

  private static Optional<Long> amount(Limit limit, YamlValue value) {
    Optional<Long> amount =
        limit == Limit.BYTES_PER_SECOND || limit == Limit.BYTE_BURST
            ? value.scalar().flatMap(text -> value.make(() -> bytes(text)))
            : value.integer().map(Integer::longValue);
    int least = limit.isBurst() ? 1 : 0;
    if (amount.filter(each -> each < least || each > Rate.MAX).isPresent()) {
      value.fault(
          limit.key() + " is " + least + (least == 0 ? " (no bound)" : "") + " to " + Rate.MAX);
      return Optional.empty();
    }
    return amount;
  }

  private static long bytes(String text) {
    try {
      return Notation.bytes(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a size is needed here, such as 64KiB or 1MB", e);
    }
  }
}
