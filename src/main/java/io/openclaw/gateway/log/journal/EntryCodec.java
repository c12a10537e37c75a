package io.openclaw.gateway.log.journal;

import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Entries as bytes, big-endian: version (1 byte), what is in it (1), writer (8), its count (8),
 * offset up to which the writer had looked for the same event id (8), ms since the Unix epoch (8),
 * topic, payload, and what else there is of: key, trace, origin, event id; each with its length (4)
 * before it, texts in UTF-8.
 */
final class EntryCodec {
  private static final byte VERSION = 1;
  private static final int COUNT = 2 + Long.BYTES;
  private static final int HEAD = 2 + 4 * Long.BYTES;
  private static final int BINARY = 1;
  private static final int REMOVED = 2;
  private static final int KEY = 4;
  private static final int TRACE = 8;
  private static final int ORIGIN = 16;
  private static final int EVENT_ID = 32;

  private EntryCodec() {}

  /**
   * An entry as it was read.
   *
   * @param writer who wrote it
   * @param count what it counted it as; grows with each entry of one writer
   * @param lookedTo up to this offset the writer knew that there was no such event id
   * @param eventId names the event for ever, or null
   */
  record Decoded(
      long writer, long count, long lookedTo, @Nullable String eventId, Publication publication) {}

  /** The entry for {@code draft}; {@link #count} is still to be filled in. */
  static byte[] encode(Draft draft, long writer, long lookedTo, long timeMillis) {
    byte[] topic = utf8(draft.topic().toString());
    byte[] payload = payload(draft.payload());
    byte @Nullable [][] others = {
      optional(draft.key()),
      optional(draft.trace()),
      optional(draft.origin()),
      optional(draft.eventId())
    };
    int length = HEAD + 2 * Integer.BYTES + topic.length + payload.length;
    for (byte[] other : others) {
      length += other == null ? 0 : Integer.BYTES + other.length;
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    buffer.put(VERSION).put((byte) flags(draft)).putLong(writer).putLong(0);
    buffer.putLong(lookedTo);
    buffer.putLong(timeMillis);
    put(buffer, topic);
    put(buffer, payload);
    for (byte[] other : others) {
      if (other != null) {
        put(buffer, other);
      }
    }
    return buffer.array();
  }

  private static int flags(Draft draft) {
    return (draft.payload() instanceof Payload.Binary ? BINARY : 0)
        | (draft.removed() ? REMOVED : 0)
        | (draft.key() == null ? 0 : KEY)
        | (draft.trace() == null ? 0 : TRACE)
        | (draft.origin() == null ? 0 : ORIGIN)
        | (draft.eventId() == null ? 0 : EVENT_ID);
  }

  private static byte[] payload(Payload payload) {
    return payload instanceof Payload.Binary binary
        ? binary.content()
        : utf8(((Payload.Json) payload).text());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] optional(@Nullable String text) {
    return text == null ? null : utf8(text);
  }

  private static void put(ByteBuffer buffer, byte[] bytes) {
    buffer.putInt(bytes.length).put(bytes);
  }

  /** Notes what the writer counts the entry as. */
  static void count(byte[] entry, long count) {
    ByteBuffer.wrap(entry).putLong(COUNT, count);
  }

  /**
   * Reads the entry at {@code offset}.
   *
   * @throws IllegalArgumentException if it is none, or of a later version
   */
  static Decoded decode(long offset, byte[] entry) {
    ByteBuffer buffer = ByteBuffer.wrap(entry);
    if (entry.length < HEAD || buffer.get() != VERSION) {
      throw new IllegalArgumentException("not an entry of version " + VERSION);
    }
    int flags = buffer.get();
    long writer = buffer.getLong();
    long count = buffer.getLong();
    long lookedTo = buffer.getLong();
    long timeMillis = buffer.getLong();
    TopicName topic = TopicName.of(text(bytes(buffer)));
    byte[] content = bytes(buffer);
    boolean removed = (flags & REMOVED) != 0;
    String key = optional(buffer, flags & KEY);
    String trace = optional(buffer, flags & TRACE);
    String origin = optional(buffer, flags & ORIGIN);
    String eventId = optional(buffer, flags & EVENT_ID);
    Publication publication =
        new Publication(
            offset,
            timeMillis,
            topic,
            key,
            payload(content, (flags & BINARY) != 0, removed),
            removed,
            trace,
            origin);
    return new Decoded(writer, count, lookedTo, eventId, publication);
  }

  private static Payload payload(byte[] content, boolean binary, boolean removed) {
    if (removed) {
      return Payload.NONE;
    }
    return binary ? new Payload.Binary(content) : new Payload.Json(text(content));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable String optional(ByteBuffer buffer, int flag) {
    return flag == 0 ? null : text(bytes(buffer));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    int length = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException("an entry is cut off");
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }
}
