package io.openclaw.gateway.source.jms;

/** What a JMS source consumes. */
public sealed interface JmsDestination {
  /** The name the broker knows it by. */
  String name();

  /** A queue. */
  record Queue(String name) implements JmsDestination {
    /**
     * @throws IllegalArgumentException if the name is blank
     */
    public Queue {
      requireText("a queue", name);
    }
  }

  /**
   * A topic, consumed through a shared durable subscription: all nodes of the gateway take part,
   * each message reaches one of them, and what was sent while none was there is kept.
   *
   * @param subscription the name of the subscription at the broker
   */
  record SharedTopic(String name, String subscription) implements JmsDestination {
    /**
     * @throws IllegalArgumentException if a name is blank
     */
    public SharedTopic {
      requireText("a JMS topic", name);
      requireText("a subscription", subscription);
    }
  }

  private static void requireText(String what, String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(what + " has a name");
    }
  }
}
