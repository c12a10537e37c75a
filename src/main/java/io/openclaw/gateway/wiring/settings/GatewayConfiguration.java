package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.forward.ForwardRule;
import io.openclaw.gateway.log.SpaceSettings;
import io.openclaw.gateway.outlet.kafka.KafkaCluster;
import io.openclaw.gateway.request.ServiceSettings;
import io.openclaw.gateway.security.AccessRule;
import io.openclaw.gateway.security.LimitRule;
import io.openclaw.gateway.security.Trust;
import io.openclaw.gateway.source.SourceSettings;
import io.openclaw.gateway.topic.TopicRule;
import java.util.List;

/**
 * What {@code openclaw.yaml} says.
 *
 * @param topics settings of topics, the first match decides
 * @param access the access policy
 * @param limits whose limits differ, the first match decides
 * @param trust whose tokens and which API keys are accepted
 * @param kafka clusters of Kafka, for sources and outlets
 * @param sources where events come from, beside the queue of the message-driven bean
 * @param forwards which topics are forwarded, the first match decides
 * @param services whom clients may ask, each name once
 * @param spaces which topics have a log of their own; what it says at the start counts
 */
public record GatewayConfiguration(
    List<TopicRule> topics,
    List<AccessRule> access,
    List<LimitRule> limits,
    Trust trust,
    List<KafkaCluster> kafka,
    List<SourceSettings> sources,
    List<ForwardRule> forwards,
    List<ServiceSettings> services,
    SpaceSettings spaces) {
  /** What an empty file says. */
  public static final GatewayConfiguration NOTHING =
      new GatewayConfiguration(
          List.of(),
          List.of(),
          List.of(),
          Trust.NOBODY,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          SpaceSettings.NONE);

  /** Copies the lists. */
  public GatewayConfiguration {
    topics = List.copyOf(topics);
    access = List.copyOf(access);
    limits = List.copyOf(limits);
    kafka = List.copyOf(kafka);
    sources = List.copyOf(sources);
    forwards = List.copyOf(forwards);
    services = List.copyOf(services);
  }
}
