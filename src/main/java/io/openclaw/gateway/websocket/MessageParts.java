package io.openclaw.gateway.websocket;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the messages of one connection together from the parts in which the container brings them,
 * and keeps nothing of one that is too large. Whole messages are not taken from the container, as
 * Undertow gathers text without looking at its bound (UNDERTOW-2770): one client could fill the
 * heap. A message has no more parts than bytes are allowed: a great many empty ones are too large,
 * too.
 *
 * <p>Confined to the container's callbacks for its connection.
 */
final class MessageParts {
  private final int maxSize;
  private long size;
  private int parts;
  private @Nullable StringBuilder text;
  private @Nullable ByteArrayOutputStream bytes;

  /**
   * @param maxSize of a message in bytes; of text, in UTF-8
   */
  MessageParts(int maxSize) {
    this.maxSize = maxSize;
  }

  /** Whether a message was too large; from then on none comes together any more. */
  boolean areTooLarge() {
    return size > maxSize || parts > maxSize;
  }

  /** The message that ends with this part, or null: more are to come, or they are too large. */
  @Nullable String add(String part, boolean last) {
    boolean only = last && size == 0;
    size += Utf8.length(part);
    parts++;
    if (areTooLarge()) {
      text = null;
      return null;
    }
    return only ? whole(part) : joined(part, last);
  }

  private @Nullable String joined(String part, boolean last) {
    StringBuilder begun = text == null ? new StringBuilder() : text;
    begun.append(part);
    text = last ? null : begun;
    return last ? whole(begun.toString()) : null;
  }

  /** As for text. */
  byte @Nullable [] add(byte[] part, boolean last) {
    boolean only = last && size == 0;
    size += part.length;
    parts++;
    if (areTooLarge()) {
      bytes = null;
      return null;
    }
    return only ? whole(part) : joined(part, last);
  }

  private byte @Nullable [] joined(byte[] part, boolean last) {
    ByteArrayOutputStream begun = bytes == null ? new ByteArrayOutputStream() : bytes;
    begun.writeBytes(part);
    bytes = last ? null : begun;
    return last ? whole(begun.toByteArray()) : null;
  }

  private <T> T whole(T message) {
    size = 0;
    parts = 0;
    return message;
  }
}
