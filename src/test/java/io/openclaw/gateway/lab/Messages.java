package io.openclaw.gateway.lab;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;

/**
 * Takes the frames of a gateway apart. Publications of the lab are scanned, as they come by the ten
 * thousand; everything else is parsed. <i>Confined to one thread.</i>
 */
final class Messages {
  private static final String PUBLICATION = "{\"op\":\"pub\",";

  /** Whom it tells. */
  interface Listener {
    /**
     * A publication: the text of its topic, and the event's number and time as in {@link Event}.
     */
    void publication(String topic, long offset, long event, long sentNanos);

    /** Any other message. */
    void message(JsonObject message);

    /** What the protocol does not allow. */
    void wrong(String text);
  }

  private final Listener listener;

  Messages(Listener listener) {
    this.listener = listener;
  }

  /** One text frame: an object, or an array of them. */
  void take(String frame) {
    int at = frame.startsWith("[") ? 1 : 0;
    while (at < frame.length() && frame.charAt(at) == '{') {
      int end = end(frame, at);
      if (end < 0) {
        break;
      }
      one(frame, at, end);
      at = end + 1;
    }
    if (at < frame.length()) {
      listener.wrong(frame);
    }
  }

  /** The index after the object that begins at {@code at}; -1 if it has no end. */
  private static int end(String text, int at) {
    int depth = 0;
    boolean quoted = false;
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && quoted) {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '{') {
        depth++;
      } else if (!quoted && c == '}' && --depth == 0) {
        return i + 1;
      }
    }
    return -1;
  }

  private void one(String frame, int at, int end) {
    if (frame.startsWith(PUBLICATION, at)) {
      publication(frame, at, end);
    } else {
      parsed(frame.substring(at, end));
    }
  }

  private void publication(String frame, int at, int end) {
    int topic = after("\"topic\":\"", frame, at, end);
    long offset = number("\"offset\":", frame, at, end);
    long event = number(Event.NUMBER, frame, at, end);
    long nanos = number(Event.SENT_NANOS, frame, at, end);
    if (topic < 0 || offset < 0 || event < 0) {
      listener.wrong(frame.substring(at, end));
    } else {
      String name = frame.substring(topic, frame.indexOf('"', topic));
      listener.publication(name, offset, event, nanos);
    }
  }

  private static int after(String name, String frame, int at, int end) {
    int found = frame.indexOf(name, at);
    return found < 0 || found >= end ? -1 : found + name.length();
  }

  /** A number that is not negative, or -1. */
  private static long number(String name, String frame, int at, int end) {
    int i = after(name, frame, at, end);
    if (i < 0 || !Character.isDigit(frame.charAt(i))) {
      return -1;
    }
    long value = 0;
    for (char c = frame.charAt(i); Character.isDigit(c); c = frame.charAt(++i)) {
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private void parsed(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      listener.message(reader.readObject());
    } catch (JsonException e) {
      listener.wrong(text);
    }
  }
}
