package io.openclaw.gateway.camel.component;

/**
 * One server-sent event.
 *
 * @param type {@code message} if the server gives none
 * @param id the last id that the stream has given, this event's or an earlier one's; empty if none
 * @param data its lines, joined
 */
record StreamEvent(String type, String id, String data) {
  @Override
  public String toString() {
    return "event(" + type + ", " + data.length() + " chars)";
  }
}
