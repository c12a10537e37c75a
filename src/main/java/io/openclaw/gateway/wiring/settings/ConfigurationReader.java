package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.log.SpaceSettings;
import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import io.openclaw.gateway.request.ServiceSettings;
import io.openclaw.gateway.security.AccessRule;
import io.openclaw.gateway.security.ApiKey;
import io.openclaw.gateway.security.JwtIssuer;
import io.openclaw.gateway.security.LimitRule;
import io.openclaw.gateway.security.Trust;
import io.openclaw.gateway.source.SourceSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the text of an {@code openclaw.yaml}. Its shape is described by {@code
 * openclaw.schema.json} beside this class; what the schema cannot say is checked here alone.
 */
final class ConfigurationReader {
  private final Placeholders placeholders;
  private final IssuersSection issuers;

  /** For files that are used with these settings. */
  ConfigurationReader(SettingsReader settings) {
    this.placeholders = new Placeholders(settings);
    this.issuers = JwtBindings.issuersSection(settings);
  }

  /**
   * @param name the file's name, for messages
   * @throws ConfigurationException with all faults
   */
  GatewayConfiguration read(String name, String text) {
    YamlFile file = new YamlFile(name, placeholders);
    GatewayConfiguration configuration =
        file.parse(text)
            .filter(top -> !top.isNull())
            .flatMap(YamlValue::map)
            .map(this::top)
            .orElse(GatewayConfiguration.NOTHING);
    file.check();
    return configuration;
  }

  /**
   * Reads the section {@code access} alone.
   *
   * @throws ConfigurationException with all faults in it
   */
  List<AccessRule> readAccess(String name, String text) {
    YamlFile file = new YamlFile(name, placeholders);
    List<AccessRule> access =
        file.parse(text)
            .filter(top -> !top.isNull())
            .flatMap(YamlValue::map)
            .map(top -> each(top.list("access"), AccessSection::rule))
            .orElse(List.of());
    file.check();
    return access;
  }

  private GatewayConfiguration top(YamlMap top) {
    List<TopicsSection.Rule> topics = each(top.list("topics"), TopicsSection::rule);
    List<AccessRule> access = each(top.list("access"), AccessSection::rule);
    List<LimitRule> limits = each(top.list("limits"), LimitsSection::rule);
    List<JwtIssuer> believed = issuers.read(top.list("issuers"));
    List<ApiKey> apiKeys = ApiKeysSection.read(top.list("api-keys"));
    List<KafkaCluster> kafka = KafkaClustersSection.read(top.list("kafka"));
    List<SourceSettings> sources =
        top.get("sources")
            .filter(value -> !value.isNull())
            .flatMap(YamlValue::map)
            .map(map -> SourcesSection.read(map, kafka))
            .orElse(List.of());
    List<ServiceSettings> services = ServicesSection.read(top.list("services"));
    SpaceSettings spaces = SpacesSection.read(top.get("spaces"));
    top.end();
    return new GatewayConfiguration(
        topics.stream().map(TopicsSection.Rule::topic).toList(),
        access,
        limits,
        trust(believed, apiKeys),
        kafka,
        sources,
        topics.stream().map(TopicsSection.Rule::forward).toList(),
        services,
        spaces);
  }

  /** Nobody, if it has faults: those are noted, and nothing of the file is used. */
  private static Trust trust(List<JwtIssuer> issuers, List<ApiKey> apiKeys) {
    try {
      return new Trust(issuers, apiKeys);
    } catch (IllegalArgumentException e) {
      return Trust.NOBODY;
    }
  }

  /** Reads each item; those with faults are left out. */
  static <T> List<T> each(List<YamlValue> items, Function<YamlValue, Optional<T>> reader) {
    return items.stream().map(reader).flatMap(Optional::stream).toList();
  }
}
