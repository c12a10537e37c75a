package io.openclaw.gateway.source.jms;

/**
 * How JMS messages are taken, by the message-driven bean and the further sources alike.
 *
 * @param queue the queue of the message-driven bean; the server reads it too when it deploys
 * @param deadLetterQueue where messages go that can never work
 * @param maxDeliveries how often a message is tried that the gateway fails on
 * @param batchSize messages that are taken in one transaction at most
 */
public record JmsSettings(String queue, String deadLetterQueue, int maxDeliveries, int batchSize) {
  /** Five tries outlast a hiccup; 500 messages share the cost of a commit and of a consumer. */
  public static final JmsSettings DEFAULT =
      new JmsSettings("openclaw.events", "openclaw.events.dead", 5, 500);

  /**
   * @throws IllegalArgumentException if a name is blank or a bound is out of range
   */
  public JmsSettings {
    if (queue.isBlank() || deadLetterQueue.isBlank() || queue.equals(deadLetterQueue)) {
      throw new IllegalArgumentException("queue and dead-letter-queue are two names");
    }
    if (maxDeliveries < 1 || maxDeliveries > 100) {
      throw new IllegalArgumentException("max-deliveries is 1 to 100");
    }
    if (batchSize < 1 || batchSize > 10_000) {
      throw new IllegalArgumentException("batch-size is 1 to 10000");
    }
  }
}
