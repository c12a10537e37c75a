package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.forward.Forward;
import io.openclaw.gateway.forward.ForwardRule;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the rules below {@code topics}. */
final class TopicsSection {
  private static final Map<String, TopicMode> MODES = modes();

  private TopicsSection() {}

  /** What one rule says of delivery, and what of forwarding. */
  record Rule(TopicRule topic, ForwardRule forward) {}

  private static Map<String, TopicMode> modes() {
    Map<String, TopicMode> modes = new LinkedHashMap<>();
    modes.put("events", TopicMode.EVENTS);
    modes.put("latest", TopicMode.LATEST);
    return modes;
  }

  static Optional<Rule> rule(YamlValue item) {
    return item.map().flatMap(TopicsSection::rule);
  }

  private static Optional<Rule> rule(YamlMap map) {
    Optional<TopicPattern> pattern =
        map.required("pattern").flatMap(value -> value.text(TopicPattern::of));
    Optional<TopicMode> mode =
        map.get("mode").map(value -> value.oneOf(MODES)).orElse(Optional.of(TopicMode.EVENTS));
    Optional<Boolean> presence =
        map.get("presence").map(YamlValue::flag).orElse(Optional.of(Boolean.FALSE));
    Optional<YamlValue> forward = map.get("forward");
    Optional<Forward> to = forward.flatMap(TopicsSection::forward);
    map.end();
    if (pattern.isEmpty()
        || mode.isEmpty()
        || presence.isEmpty()
        || forward.isPresent() != to.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Rule(
            new TopicRule(pattern.get(), mode.get(), presence.get()),
            new ForwardRule(pattern.get(), to.orElse(null))));
  }

  private static Optional<Forward> forward(YamlValue value) {
    return value.isMap()
        ? value.map().flatMap(TopicsSection::forward)
        : value.text(OutletAddress::of).map(to -> new Forward(to, true));
  }

  private static Optional<Forward> forward(YamlMap map) {
    Optional<OutletAddress> to = map.required("to").flatMap(value -> value.text(OutletAddress::of));
    Optional<Boolean> publish =
        map.get("publish").map(YamlValue::flag).orElse(Optional.of(Boolean.TRUE));
    map.end();
    return to.flatMap(address -> publish.map(shown -> new Forward(address, shown)));
  }
}
