package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import org.jspecify.annotations.Nullable;

/**
 * One message ready to go, encoded once whatever the number of its receivers. Immutable;
 * <em>Thread-safe.</em>
 */
public final class Outgoing {
  private final long offset;
  private final String json;
  private final @Nullable Payload payload;
  private byte @Nullable [] packed;

  private Outgoing(long offset, String json, @Nullable Payload payload) {
    this.offset = offset;
    this.json = json;
    this.payload = payload;
  }

  /** A publication of the default space as it is pushed. */
  public static Outgoing of(Publication publication) {
    return of(publication, null);
  }

  /**
   * A publication as it is pushed.
   *
   * @param space where it is from, or null for the default space
   */
  public static Outgoing of(Publication publication, @Nullable String space) {
    return publication(publication, false, space);
  }

  /**
   * A publication as part of a snapshot.
   *
   * @param space where it is from, or null for the default space
   */
  public static Outgoing snapshot(Publication publication, @Nullable String space) {
    return publication(publication, true, space);
  }

  private static Outgoing publication(
      Publication publication, boolean snapshot, @Nullable String space) {
    return new Outgoing(
        publication.offset(),
        JsonWriter.write(publication, snapshot, space),
        binary(publication.payload()));
  }

  /** Any other message. */
  public static Outgoing of(ServerMessage message) {
    Payload payload =
        message instanceof ServerMessage.Response response ? binary(response.payload()) : null;
    return new Outgoing(offset(message), JsonWriter.write(message), payload);
  }

  private static @Nullable Payload binary(Payload payload) {
    return payload instanceof Payload.Binary ? payload : null;
  }

  private static long offset(ServerMessage message) {
    return message instanceof ServerMessage.Ping ping && ping.served() != null
        ? ping.served().offset()
        : 0;
  }

  /** Where in the log it brings its receiver: a publication, or a ping that says so; else 0. */
  public long offset() {
    return offset;
  }

  /** One JSON object. */
  public String json() {
    return json;
  }

  /** Binary data as it was published, or null: JSON says it all. */
  @Nullable Payload payload() {
    return payload;
  }

  /** One MessagePack map, made at the first call. Nobody changes the bytes. */
  byte[] packed() {
    byte[] known = packed;
    if (known == null) {
      known = MessagePackWriter.write(this);
      packed = known;
    }
    return known;
  }

  /** Its size for the bounds of a queue, in bytes, roughly. */
  public int bytes() {
    return json.length();
  }
}
