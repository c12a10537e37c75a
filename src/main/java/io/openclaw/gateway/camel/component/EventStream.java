package io.openclaw.gateway.camel.component;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code text/event-stream} (HTML Living Standard, 9.2.6). Confined to one thread, but for
 * {@link #close}.
 */
final class EventStream implements AutoCloseable {
  private static final int LONGEST_RETRY_DIGITS = 9;

  private final ArrivingBytes bytes;
  private final int maxEventBytes;
  private final StringBuilder data = new StringBuilder();
  private String type = "";
  private String id;
  private @Nullable Duration retry;
  private boolean afterReturn;
  private boolean first = true;

  /**
   * @param id the last id known before
   * @param maxEventBytes of one event
   */
  EventStream(ArrivingBytes bytes, String id, int maxEventBytes) {
    this.bytes = bytes;
    this.id = id;
    this.maxEventBytes = maxEventBytes;
  }

  /**
   * The next event, or null when the server has ended the stream; an event that is not whole then
   * is none. Blocks.
   *
   * @throws IOException if the connection broke, or an event is too large
   */
  @Nullable StreamEvent next() throws IOException {
    for (String line = line(); line != null; line = line()) {
      if (!line.isEmpty()) {
        field(line);
      } else if (data.length() > 0) {
        return event();
      } else {
        type = "";
      }
    }
    return null;
  }

  /** How long the server wants to be left alone after the connection has ended, if it said so. */
  @Nullable Duration retry() {
    return retry;
  }

  private StreamEvent event() {
    data.setLength(data.length() - 1);
    StreamEvent event = new StreamEvent(type.isEmpty() ? "message" : type, id, data.toString());
    data.setLength(0);
    type = "";
    return event;
  }

  private void field(String line) throws IOException {
    int colon = line.indexOf(':');
    String name = colon < 0 ? line : line.substring(0, colon);
    String rest = colon < 0 ? "" : line.substring(colon + 1);
    String value = rest.startsWith(" ") ? rest.substring(1) : rest;
    switch (name) {
      case "data" -> data(value);
      case "event" -> type = value;
      case "id" -> id = value.indexOf('\0') < 0 ? value : id;
      case "retry" -> retry(value);
      default -> {
        // A comment, or a field that nobody knows.
      }
    }
  }

  private void data(String value) throws IOException {
    data.append(value).append('\n');
    if (data.length() > maxEventBytes) {
      throw tooLarge();
    }
  }

  private void retry(String value) {
    if (!value.isEmpty()
        && value.length() <= LONGEST_RETRY_DIGITS
        && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      retry = Duration.ofMillis(Integer.parseInt(value));
    }
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = bytes.read(); c >= 0; c = bytes.read()) {
      boolean secondOfPair = afterReturn && c == '\n';
      afterReturn = c == '\r';
      if (c == '\r' || (c == '\n' && !secondOfPair)) {
        return text(line);
      }
      if (!secondOfPair) {
        line.write(c);
      }
      if (line.size() > maxEventBytes) {
        throw tooLarge();
      }
    }
    return null;
  }

  private String text(ByteArrayOutputStream line) {
    String text = line.toString(StandardCharsets.UTF_8);
    boolean marked = first && text.startsWith("\uFEFF");
    first = false;
    return marked ? text.substring(1) : text;
  }

  private IOException tooLarge() {
    return new IOException("an event has more than " + maxEventBytes + " bytes");
  }

  @Override
  public void close() {
    bytes.close();
  }
}
