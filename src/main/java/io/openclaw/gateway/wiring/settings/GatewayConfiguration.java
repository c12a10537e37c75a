package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.security.AccessRule;
import io.openclaw.gateway.security.LimitRule;
import io.openclaw.gateway.security.Trust;
import io.openclaw.gateway.source.database.DatabaseSourceSettings;
import io.openclaw.gateway.source.jms.JmsSourceSettings;
import io.openclaw.gateway.topic.TopicRule;
import java.util.List;

/**
 * What {@code openclaw.yaml} says.
 *
 * @param topics settings of topics, the first match decides
 * @param access the access policy
 * @param limits whose limits differ, the first match decides
 * @param trust whose tokens and which API keys are accepted
 * @param jms further JMS destinations
 * @param databases databases that are listened to
 */
public record GatewayConfiguration(
    List<TopicRule> topics,
    List<AccessRule> access,
    List<LimitRule> limits,
    Trust trust,
    List<JmsSourceSettings> jms,
    List<DatabaseSourceSettings> databases) {
  /** What an empty file says. */
  public static final GatewayConfiguration NOTHING =
      new GatewayConfiguration(List.of(), List.of(), List.of(), Trust.NOBODY, List.of(), List.of());

  /** Copies the lists. */
  public GatewayConfiguration {
    topics = List.copyOf(topics);
    access = List.copyOf(access);
    limits = List.copyOf(limits);
    jms = List.copyOf(jms);
    databases = List.copyOf(databases);
  }

  /** Whether the sources are the same: others take effect with the next start. */
  public boolean hasSameSources(GatewayConfiguration other) {
    return jms.equals(other.jms) && databases.equals(other.databases);
  }
}
