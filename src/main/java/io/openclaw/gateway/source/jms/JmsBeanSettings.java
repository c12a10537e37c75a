package io.openclaw.gateway.source.jms;

import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.FailurePolicy.Then;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceSettings;

/**
 * The queue of the message-driven bean as a source.
 *
 * @param queue its name
 * @param maxDeliveries how often a message is tried that the gateway fails on
 */
public record JmsBeanSettings(String queue, int maxDeliveries) implements SourceSettings {
  /** The bean as the settings have it. */
  public static JmsBeanSettings of(JmsSettings settings) {
    return new JmsBeanSettings(settings.queue(), settings.maxDeliveries());
  }

  @Override
  public String name() {
    return "jms:" + queue;
  }

  @Override
  public SourceOptions options() {
    return new SourceOptions(new FailurePolicy(Then.DEAD_LETTER, maxDeliveries), "", true, false);
  }
}
