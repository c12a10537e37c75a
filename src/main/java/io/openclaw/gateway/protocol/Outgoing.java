package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Publication;

/**
 * One message ready to go, encoded once whatever the number of its receivers. Immutable;
 * <em>Thread-safe.</em>
 */
public final class Outgoing {
  private final long offset;
  private final String json;

  private Outgoing(long offset, String json) {
    this.offset = offset;
    this.json = json;
  }

  /** A publication as it is pushed. */
  public static Outgoing of(Publication publication) {
    return new Outgoing(publication.offset(), JsonWriter.write(publication, false));
  }

  /** A publication as part of a snapshot. */
  public static Outgoing snapshot(Publication publication) {
    return new Outgoing(publication.offset(), JsonWriter.write(publication, true));
  }

  /** Any other message. */
  public static Outgoing of(ServerMessage message) {
    return new Outgoing(0, JsonWriter.write(message));
  }

  /** The publication's offset, or 0 if it is no publication. */
  public long offset() {
    return offset;
  }

  /** One JSON object. */
  public String json() {
    return json;
  }

  /** Its size for the bounds of a queue, in bytes, roughly. */
  public int bytes() {
    return json.length();
  }
}
