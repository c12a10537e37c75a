package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything the server says except publications, which are encoded apart because many sessions
 * share them. Times are in ms since the Unix epoch; {@code id} echoes the request's.
 */
public sealed interface ServerMessage {
  /**
   * The first message of a session.
   *
   * @param heartbeatMillis silence after which the server sends {@code ping}
   * @param user null if nobody signed in
   */
  record Welcome(
      String session,
      String node,
      long heartbeatMillis,
      @Nullable String user,
      int maxMessage,
      int maxSubscriptions)
      implements ServerMessage {}

  /**
   * Signed in.
   *
   * @param expires when the token ends
   */
  record Ok(@Nullable Long id, @Nullable String user, @Nullable Long expires)
      implements ServerMessage {}

  /**
   * A subscription stands; publications after {@code offset} follow.
   *
   * @param recovered whether nothing is missing since the position that was asked for
   * @param maxRate publications per second at most; 0 for no limit
   * @param narrowed whether only a part of the topics comes: more is not granted, or is in other
   *     spaces
   * @param space where it lives, or null for the default space
   */
  record Subscribed(
      @Nullable Long id,
      String topic,
      String epoch,
      long offset,
      TopicMode mode,
      boolean recovered,
      int maxRate,
      boolean narrowed,
      @Nullable String space)
      implements ServerMessage {}

  /** All up to {@code offset} has been delivered for this subscription. */
  record Live(String topic, long offset) implements ServerMessage {}

  /**
   * Publications from {@code from} to {@code to} will not come.
   *
   * @param space where they were, or null for the default space
   */
  record Gap(String topic, String reason, String epoch, long from, long to, @Nullable String space)
      implements ServerMessage {}

  /**
   * A subscription ended: asked for ({@code code} null), or by the server.
   *
   * @param code an error code's word, or null
   */
  record Unsubscribed(
      @Nullable Long id, String topic, @Nullable ErrorCode code, @Nullable String message)
      implements ServerMessage {}

  /** A publication is in the log. */
  record Published(@Nullable Long id, String epoch, long offset) implements ServerMessage {}

  /**
   * A page of the past.
   *
   * @param narrowed whether topics of other spaces match, too, of which nothing is here
   */
  record HistoryItems(
      @Nullable Long id, String epoch, List<Publication> items, boolean more, boolean narrowed)
      implements ServerMessage {
    /** Copies the items. */
    public HistoryItems {
      items = List.copyOf(items);
    }
  }

  /**
   * Who is on a topic.
   *
   * @param count how many sessions
   * @param members what {@link MemberText} made of each, not all if there are very many
   */
  record Attendants(@Nullable Long id, String topic, int count, List<String> members)
      implements ServerMessage {
    /** Copies the members. */
    public Attendants {
      members = List.copyOf(members);
    }
  }

  /** A state is set. */
  record Stated(@Nullable Long id, String topic) implements ServerMessage {}

  /** What a service answered. */
  record Response(@Nullable Long id, Payload payload) implements ServerMessage {}

  /** Answers a ping. */
  record Pong(@Nullable Long id, long time) implements ServerMessage {}

  /**
   * Sent after silence, so that the client knows the connection lives.
   *
   * @param space which one {@code served} is of, or null for the default space
   * @param served up to where the session has had all it is subscribed to there, or null: not known
   */
  record Ping(@Nullable String space, @Nullable Position served) implements ServerMessage {}

  /** The token ends at {@code expires}. */
  record Expiring(long expires) implements ServerMessage {}

  /** A request failed; the session lives. */
  record Failed(@Nullable Long id, ErrorCode code, String message) implements ServerMessage {}

  /**
   * The server is about to close.
   *
   * @param code the close code that follows
   * @param reconnect whether coming back makes sense
   * @param afterMinMillis come back at a random moment not before this
   * @param afterMaxMillis and not after this
   */
  record Goodbye(
      int code, String reason, boolean reconnect, long afterMinMillis, long afterMaxMillis)
      implements ServerMessage {}
}
