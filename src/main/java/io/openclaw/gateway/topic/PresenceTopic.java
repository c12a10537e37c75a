package io.openclaw.gateway.topic;

import java.util.Optional;

/**
 * The topics below {@code $presence}: {@code $presence/room/1} tells who is on {@code room/1}.
 * Topics with 16 levels or more than 245 characters have none, as its name would be no topic.
 */
public final class PresenceTopic {
  private static final String PREFIX = "$presence/";

  /** All of them. */
  public static final TopicPattern ALL = TopicPattern.of(PREFIX + TopicPattern.REST);

  private PresenceTopic() {}

  /** The topic that tells who is on {@code topic}; empty if there is none. */
  public static Optional<TopicName> of(TopicName topic) {
    if (topic.isReserved()) {
      return Optional.empty();
    }
    try {
      return Optional.of(TopicName.of(PREFIX + topic));
    } catch (IllegalTopicException e) {
      return Optional.empty();
    }
  }

  /** The topic that {@code presence} tells of; empty if it is no topic below {@code $presence}. */
  public static Optional<TopicName> watched(TopicName presence) {
    return behind(presence.toString()).map(TopicName::of);
  }

  /** The topics that {@code presence} tells of; empty if it is not below {@code $presence}. */
  public static Optional<TopicPattern> watched(TopicPattern presence) {
    return behind(presence.toString()).map(TopicPattern::of);
  }

  private static Optional<String> behind(String text) {
    return text.startsWith(PREFIX)
        ? Optional.of(text.substring(PREFIX.length()))
        : Optional.empty();
  }
}
