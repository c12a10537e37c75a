package io.openclaw.gateway.request;

import io.openclaw.gateway.topic.TopicName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The services that may be asked. They can be replaced while everything runs. Thread-safe. */
public final class Services {
  private volatile Map<TopicName, ServiceSettings> byName = Map.of();

  /**
   * @param services each name once
   */
  public Services(List<ServiceSettings> services) {
    replace(services);
  }

  /** Lets {@code services} count from now on. */
  public void replace(List<ServiceSettings> services) {
    byName =
        services.stream()
            .collect(Collectors.toUnmodifiableMap(ServiceSettings::name, Function.identity()));
  }

  /** Whether there are any. */
  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** The service with this name. */
  public Optional<ServiceSettings> find(TopicName name) {
    return Optional.ofNullable(byName.get(name));
  }
}
