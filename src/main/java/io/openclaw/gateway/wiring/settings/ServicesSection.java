package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.request.ServiceSettings;
import io.openclaw.gateway.topic.TopicName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the items below {@code services}. */
final class ServicesSection {
  private ServicesSection() {}

  /** Those without faults; each name once. */
  static List<ServiceSettings> read(List<YamlValue> items) {
    List<ServiceSettings> services = new ArrayList<>();
    Set<TopicName> names = new HashSet<>();
    for (YamlValue item : items) {
      Optional<ServiceSettings> service = item.map().flatMap(map -> service(item, map));
      service.ifPresent(services::add);
      if (service.isPresent() && !names.add(service.get().name())) {
        item.fault("another service has the name " + service.get().name());
      }
    }
    return services;
  }

  private static Optional<ServiceSettings> service(YamlValue item, YamlMap map) {
    Optional<TopicName> name =
        map.required("name").flatMap(value -> value.text(ServicesSection::name));
    Optional<OutletAddress> to = map.required("to").flatMap(value -> value.text(OutletAddress::of));
    Optional<Duration> maxTimeout = duration(map, "max-timeout", ServiceSettings.MAX_TIMEOUT);
    Optional<Duration> timeout =
        duration(
            map, "timeout", shorter(ServiceSettings.TIMEOUT, maxTimeout.orElse(Duration.ZERO)));
    map.end();
    if (name.isEmpty() || to.isEmpty() || timeout.isEmpty() || maxTimeout.isEmpty()) {
      return Optional.empty();
    }
    return item.make(
        () -> new ServiceSettings(name.get(), to.get(), timeout.get(), maxTimeout.get()));
  }

  private static TopicName name(String text) {
    TopicName name = TopicName.of(text);
    if (name.isReserved()) {
      throw new IllegalArgumentException("the name of a service does not begin with $");
    }
    return name;
  }

  private static Optional<Duration> duration(YamlMap map, String key, Duration usual) {
    return map.get(key)
        .map(value -> value.text(SourcesSection::duration))
        .orElse(Optional.of(usual));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
