package io.openclaw.gateway.protocol;

import java.util.List;

/**
 * Writes messages as server-sent events: publications without an event name and with {@code
 * epoch:offset} as their id, so that {@code Last-Event-ID} says where to go on; other messages with
 * their {@code op} as event name; {@code ping} as an id without data, which moves {@code
 * Last-Event-ID} and is no event, or as a comment.
 */
final class EventStreamWriter {
  private static final String OP = "{\"op\":\"";

  private EventStreamWriter() {}

  static String write(List<Outgoing> messages, String epoch) {
    StringBuilder out = new StringBuilder(256);
    for (Outgoing message : messages) {
      write(out, message, epoch);
    }
    return out.toString();
  }

  private static void write(StringBuilder out, Outgoing message, String epoch) {
    String json = message.json();
    String op = json.substring(OP.length(), json.indexOf('"', OP.length()));
    if (message.offset() > 0) {
      out.append("id: ").append(epoch).append(':').append(message.offset()).append('\n');
    } else {
      out.append(op.equals("ping") ? ":\n" : "event: " + op + '\n');
    }
    if (!op.equals("ping")) {
      json.lines().forEach(line -> out.append("data: ").append(line).append('\n'));
    }
    out.append('\n');
  }
}
