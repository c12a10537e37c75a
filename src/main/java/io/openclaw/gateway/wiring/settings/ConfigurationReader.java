package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import io.openclaw.gateway.security.AccessRule;
import io.openclaw.gateway.security.ApiKey;
import io.openclaw.gateway.security.JwtIssuer;
import io.openclaw.gateway.security.LimitRule;
import io.openclaw.gateway.security.Trust;
import io.openclaw.gateway.source.SourceSettings;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the text of an {@code openclaw.yaml}. Its shape is described by {@code
 * openclaw.schema.json} beside this class; what the schema cannot say is checked here alone.
 */
final class ConfigurationReader {
  private static final Map<String, TopicMode> MODES = modes();

  private final Placeholders placeholders;
  private final IssuersSection issuers;

  /** For files that are used with these settings. */
  ConfigurationReader(SettingsReader settings) {
    this.placeholders = new Placeholders(settings);
    this.issuers = JwtBindings.issuersSection(settings);
  }

  private static Map<String, TopicMode> modes() {
    Map<String, TopicMode> modes = new LinkedHashMap<>();
    modes.put("events", TopicMode.EVENTS);
    modes.put("latest", TopicMode.LATEST);
    return modes;
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
    List<TopicRule> topics = each(top.list("topics"), ConfigurationReader::topicRule);
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
    top.end();
    return new GatewayConfiguration(
        topics, access, limits, trust(believed, apiKeys), kafka, sources);
  }

  /** Nobody, if it has faults: those are noted, and nothing of the file is used. */
  private static Trust trust(List<JwtIssuer> issuers, List<ApiKey> apiKeys) {
    try {
      return new Trust(issuers, apiKeys);
    } catch (IllegalArgumentException e) {
      return Trust.NOBODY;
    }
  }

  private static Optional<TopicRule> topicRule(YamlValue item) {
    return item.map().flatMap(ConfigurationReader::topicRule);
  }

  private static Optional<TopicRule> topicRule(YamlMap map) {
    Optional<TopicPattern> pattern =
        map.required("pattern").flatMap(value -> value.text(TopicPattern::of));
    Optional<TopicMode> mode =
        map.get("mode").map(value -> value.oneOf(MODES)).orElse(Optional.of(TopicMode.EVENTS));
    map.end();
    return pattern.flatMap(p -> mode.map(m -> new TopicRule(p, m)));
  }

  /** Reads each item; those with faults are left out. */
  static <T> List<T> each(List<YamlValue> items, Function<YamlValue, Optional<T>> reader) {
    return items.stream().map(reader).flatMap(Optional::stream).toList();
  }
}
