package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.ingest.IngestResult.Rejected;
import io.openclaw.gateway.source.DeadLetters.Letter;
import io.openclaw.gateway.source.Intake;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What is kept of an exchange that is put aside: its body where it failed, its headers but Camel's
 * own and those that may be secret, and where it came from.
 *
 * @param why with what code and reason
 */
record DeadLetter(Letter letter, Rejected why) {
  private static final int MAX_HEADERS = 100;
  private static final int MAX_CHARS = 1_000;

  static DeadLetter of(Exchange exchange, Throwable failure, RouteParts parts) {
    Rejected why =
        failure instanceof EventRejectedException rejected
            ? rejected.result()
            : new Rejected(
                "internal",
                "the route failed on it too often, at last with " + parts.reasons().apply(failure));
    Message message = exchange.getMessage();
    String eventId = message.getHeader(Headers.EVENT_ID, String.class);
    Letter letter =
        new Letter(
            eventId == null ? exchange.getExchangeId() : eventId,
            BodyPayload.remains(message, parts.maxPayloadBytes()),
            properties(exchange, message));
    return new DeadLetter(letter, why);
  }

  private static Map<String, String> properties(Exchange exchange, Message message) {
    Map<String, String> properties = new LinkedHashMap<>();
    message.getHeaders().forEach((name, value) -> keep(properties, name, value));
    properties.put("openclaw_route", String.valueOf(exchange.getFromRouteId()));
    return properties;
  }

  private static void keep(Map<String, String> properties, String name, Object value) {
    boolean plain =
        value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
    if (plain && properties.size() < MAX_HEADERS && isOpen(name)) {
      String text = value.toString();
      properties.put(name, text.substring(0, Math.min(text.length(), MAX_CHARS)));
    }
  }

  private static boolean isOpen(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.startsWith("camel")
        && !lower.contains("authorization")
        && !lower.contains("cookie")
        && !lower.contains("password")
        && !lower.contains("secret")
        && !lower.contains("token");
  }

  Intake.Refused<DeadLetter> refused() {
    return new Intake.Refused<>(this, why);
  }
}
