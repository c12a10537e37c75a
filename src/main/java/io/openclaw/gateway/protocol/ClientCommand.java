package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import org.jspecify.annotations.Nullable;

/** Everything a client may ask, already checked for form. {@code id} is echoed in the reply. */
public sealed interface ClientCommand {
  /** What the client calls this request, or null. */
  @Nullable Long id();

  /** Signs in or renews. {@code toString} leaves the token out. */
  record Auth(@Nullable Long id, String token) implements ClientCommand {
    @Override
    public String toString() {
      return "Auth[id=" + id + "]";
    }
  }

  /**
   * Subscribes.
   *
   * @param pattern topic or pattern
   * @param since resume after this position, or null
   * @param history the last n of each matching topic, or 0
   * @param mode asked for, or null for what is configured
   * @param maxRate publications per second at most, or 0 for no limit
   * @param filter a JMS message selector, or null
   */
  record Subscribe(
      @Nullable Long id,
      TopicPattern pattern,
      @Nullable Position since,
      int history,
      @Nullable TopicMode mode,
      int maxRate,
      @Nullable String filter)
      implements ClientCommand {}

  /** Ends the subscription of exactly this pattern. */
  record Unsubscribe(@Nullable Long id, TopicPattern pattern) implements ClientCommand {}

  /**
   * Publishes.
   *
   * @param echo whether the publication comes back to a publisher that is subscribed
   */
  record Publish(
      @Nullable Long id,
      TopicName topic,
      Payload payload,
      @Nullable String key,
      @Nullable String eventId,
      boolean echo)
      implements ClientCommand {}

  /**
   * Asks an enterprise service.
   *
   * @param timeoutMillis 0 for the server's default
   */
  record Request(@Nullable Long id, String service, Payload payload, int timeoutMillis)
      implements ClientCommand {}

  /**
   * Asks for a page of the past.
   *
   * @param since only after this position, or null
   * @param before only before this position, or null
   * @param reverse newest first
   */
  record History(
      @Nullable Long id,
      TopicPattern pattern,
      int limit,
      @Nullable Position since,
      @Nullable Position before,
      boolean reverse)
      implements ClientCommand {}

  /** Asks who is on a topic. */
  record Presence(@Nullable Long id, TopicName topic) implements ClientCommand {}

  /**
   * Sets what the session says of itself to those who see that it is on a topic.
   *
   * @param state JSON; {@code null} takes it back
   */
  record State(@Nullable Long id, TopicName topic, Payload.Json state) implements ClientCommand {}

  /** Asks for a sign of life. */
  record Ping(@Nullable Long id) implements ClientCommand {}

  /**
   * Was not understood.
   *
   * @param malformed whether even its form was broken, which a correct client never sends
   */
  record Invalid(@Nullable Long id, ErrorCode code, String message, boolean malformed)
      implements ClientCommand {}
}
