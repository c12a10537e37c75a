package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.security.AccessRule;
import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.security.AccessRule.Terms;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.ClaimCondition;
import io.openclaw.gateway.security.TopicTemplate;
import io.openclaw.gateway.security.Who;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the rules below {@code access}. */
final class AccessSection {
  private static final Map<String, Set<Action>> ACTIONS = actions();
  private static final Map<String, Who> GROUPS = groups();
  private static final Map<String, Boolean> WILDCARDS = wildcards();
  private static final String OTHERS = ", {role: NAME}, {claim: {NAME: VALUE}}";

  private AccessSection() {}

  private static Map<String, Set<Action>> actions() {
    Map<String, Set<Action>> actions = new LinkedHashMap<>();
    actions.put("subscribe", EnumSet.of(Action.SUBSCRIBE));
    actions.put("publish", EnumSet.of(Action.PUBLISH));
    actions.put("presence", EnumSet.of(Action.PRESENCE));
    actions.put("history", EnumSet.of(Action.HISTORY));
    actions.put("request", EnumSet.of(Action.REQUEST));
    actions.put("all", EnumSet.allOf(Action.class));
    return actions;
  }

  private static Map<String, Who> groups() {
    Map<String, Who> groups = new LinkedHashMap<>();
    groups.put("anyone", Who.ANYONE);
    groups.put("user", Who.ANY_USER);
    return groups;
  }

  private static Map<String, Boolean> wildcards() {
    Map<String, Boolean> wildcards = new LinkedHashMap<>();
    wildcards.put("refuse", false);
    wildcards.put("narrow", true);
    return wildcards;
  }

  static Optional<AccessRule> rule(YamlValue item) {
    return item.map().flatMap(map -> rule(item, map));
  }

  private static Optional<AccessRule> rule(YamlValue item, YamlMap map) {
    List<Who> who = whos(map);
    List<TopicTemplate> topics = listed(map, "topics", value -> value.text(TopicTemplate::of));
    Optional<YamlValue> may = map.get("may");
    Optional<YamlValue> deny = map.get("deny");
    if (may.isPresent() == deny.isPresent()) {
      map.fault("a rule has either may or deny");
    }
    Set<Action> actions = actions(may.or(() -> deny));
    Optional<ClaimCondition> when =
        map.get("when").flatMap(value -> value.text(ClaimCondition::of));
    boolean narrows =
        map.get("wildcards").flatMap(value -> value.oneOf(WILDCARDS)).orElse(Boolean.FALSE);
    int maxRate = map.get("max-rate").flatMap(AccessSection::maxRate).orElse(0);
    map.end();
    if (who.isEmpty() || topics.isEmpty() || actions.isEmpty()) {
      return Optional.empty();
    }
    Effect effect = may.isPresent() ? Effect.GRANT : Effect.DENY;
    Terms terms = new Terms(when.orElse(null), narrows, maxRate);
    return item.make(() -> new AccessRule(effect, who, actions, topics, terms));
  }

  /** Whom a rule speaks of; none and a fault if it does not say so. */
  static List<Who> whos(YamlMap map) {
    return listed(map, "who", AccessSection::who);
  }

  private static Optional<Integer> maxRate(YamlValue value) {
    Optional<Integer> rate = value.integer();
    if (rate.filter(each -> each < 1 || each > AccessRule.MAX_RATE).isPresent()) {
      value.fault("max-rate is 1 to " + AccessRule.MAX_RATE + "; without it there is no bound");
      return Optional.empty();
    }
    return rate;
  }

  static <T> List<T> listed(YamlMap map, String key, Function<YamlValue, Optional<T>> reader) {
    return map.required(key)
        .map(value -> ConfigurationReader.each(some(value), reader))
        .orElse(List.of());
  }

  /** The items of a list that must not be empty, or one value. */
  static List<YamlValue> some(YamlValue value) {
    List<YamlValue> items = value.itemsOrOne();
    if (items.isEmpty()) {
      value.fault("the list has at least one item");
    }
    return items;
  }

  static Set<Action> actions(Optional<YamlValue> listed) {
    Set<Action> actions = EnumSet.noneOf(Action.class);
    for (YamlValue item : listed.map(AccessSection::some).orElse(List.of())) {
      item.oneOf(ACTIONS).ifPresent(actions::addAll);
    }
    return actions;
  }

  private static Optional<Who> who(YamlValue value) {
    return value.isMap()
        ? value.map().flatMap(map -> who(value, map))
        : value.oneOf(GROUPS, OTHERS);
  }

  private static Optional<Who> who(YamlValue value, YamlMap map) {
    Optional<YamlValue> role = map.get("role");
    Optional<YamlValue> claim = map.get("claim");
    map.end();
    if (role.isPresent() == claim.isPresent()) {
      map.fault("this is anyone, user, {role: NAME} or {claim: {NAME: VALUE}}");
      return Optional.empty();
    }
    return role.isPresent()
        ? role.flatMap(name -> name.text(Who.Role::new))
        : claim.flatMap(YamlValue::map).flatMap(pair -> claim(value, pair));
  }

  private static Optional<Who> claim(YamlValue value, YamlMap pair) {
    if (pair.names().size() != 1) {
      pair.fault("one claim is named here: {claim: {NAME: VALUE}}");
      return Optional.empty();
    }
    String name = pair.names().iterator().next();
    return pair.get(name)
        .flatMap(YamlValue::scalar)
        .flatMap(text -> value.make(() -> new Who.Claim(name, text)));
  }
}
