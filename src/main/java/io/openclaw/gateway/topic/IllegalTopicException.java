package io.openclaw.gateway.topic;

/**
 * Says that a text is no topic name or no pattern. The message names the broken rule in words that
 * may be shown to a client.
 */
public final class IllegalTopicException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the rule that was broken, safe to show to whoever sent the text
   */
  public IllegalTopicException(String message) {
    super(message);
  }
}
