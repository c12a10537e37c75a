package io.openclaw.gateway.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages that leave together, shared by every session that sends the same. Each form in which
 * they go over some wire is made when it is first asked for, and then kept for all. A form may be
 * made by two threads at the same time; both make the same.
 */
public final class Frame {
  private final List<Outgoing> messages;
  private @Nullable String text;
  private byte @Nullable [] textFrame;
  private byte @Nullable [] packed;
  private byte @Nullable [] packedFrame;
  private byte @Nullable [] events;

  private Frame(List<Outgoing> messages) {
    this.messages = messages;
  }

  /**
   * @param messages at least one; not changed by anybody afterwards
   */
  public static Frame of(List<Outgoing> messages) {
    return new Frame(messages);
  }

  /** One JSON object, or an array of them. */
  public String text() {
    String known = text;
    if (known == null) {
      known = messages.size() == 1 ? messages.get(0).json() : join();
      text = known;
    }
    return known;
  }

  private String join() {
    int chars = messages.size() + 1;
    for (Outgoing message : messages) {
      chars += message.bytes();
    }
    StringBuilder joined = new StringBuilder(chars);
    char separator = '[';
    for (Outgoing message : messages) {
      joined.append(separator).append(message.json());
      separator = ',';
    }
    return joined.append(']').toString();
  }

  /** One MessagePack map, or an array of them. Nobody changes the bytes. */
  public byte[] packed() {
    byte[] known = packed;
    if (known == null) {
      known = MessagePackWriter.write(messages);
      packed = known;
    }
    return known;
  }

  /** A complete WebSocket text frame with {@link #text()}. Nobody changes the bytes. */
  public byte[] textFrame() {
    byte[] known = textFrame;
    if (known == null) {
      known = WebSocketFraming.text(text().getBytes(StandardCharsets.UTF_8));
      textFrame = known;
    }
    return known;
  }

  /** A complete WebSocket binary frame with {@link #packed()}. Nobody changes the bytes. */
  public byte[] packedFrame() {
    byte[] known = packedFrame;
    if (known == null) {
      known = WebSocketFraming.binary(packed());
      packedFrame = known;
    }
    return known;
  }

  /**
   * Server-sent events (WHATWG HTML, server-sent events), one for each message. Nobody changes the
   * bytes.
   *
   * @param epoch of the log that the publications are from
   */
  public byte[] events(String epoch) {
    byte[] known = events;
    if (known == null) {
      known = EventStreamWriter.write(messages, epoch).getBytes(StandardCharsets.UTF_8);
      events = known;
    }
    return known;
  }
}
