package io.openclaw.gateway.forward;

import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Identity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says whom a message comes from, as properties that only the gateway writes: {@code
 * openclaw_user}, {@code openclaw_issuer}, {@code openclaw_session}, and {@code claim_NAME} for
 * each claim that is configured and has one value. What is not there has no property: nobody signed
 * in, no such claim. Immutable.
 */
public final class Provenance {
  private static final Pattern TRACE =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
  private static final int MAX_CLAIM_CHARS = 1_000;

  private final Map<String, String> properties;

  /**
   * @param claims names, of nested ones with dots
   * @throws IllegalArgumentException if two of them get the same property
   */
  public Provenance(List<String> claims) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (String claim : claims) {
      if (properties.put(property(claim), claim) != null) {
        throw new IllegalArgumentException(
            "two claims would both be the property " + property(claim));
      }
    }
    this.properties = properties;
  }

  /** The property that a claim becomes: what is neither letter nor digit is {@code _} there. */
  static String property(String claim) {
    return "claim_" + claim.replaceAll("[^A-Za-z0-9]", "_");
  }

  /**
   * The properties of what {@code who} sends.
   *
   * @param session the session it comes from; empty if it came over HTTP
   * @param trace a W3C traceparent as the client says it, or null; left out if it is none
   */
  public Map<String, String> of(Authenticated who, String session, @Nullable String trace) {
    Identity identity = who.identity();
    Map<String, String> made = new LinkedHashMap<>();
    if (!identity.isAnonymous()) {
      made.put("openclaw_user", identity.user());
      made.put("openclaw_issuer", identity.issuer());
    }
    if (!session.isEmpty()) {
      made.put("openclaw_session", session);
    }
    properties.forEach(
        (property, claim) -> identity.claim(claim).ifPresent(value -> put(made, property, value)));
    if (trace != null && TRACE.matcher(trace).matches()) {
      made.put("traceparent", trace);
    }
    return made;
  }

  /** A value that is cut would be another one: what is too long is left out. */
  private static void put(Map<String, String> made, String property, Object value) {
    boolean plain = value instanceof String || value instanceof Boolean || value instanceof Number;
    String text = plain ? value.toString() : "";
    if (plain && text.length() <= MAX_CLAIM_CHARS) {
      made.put(property, text);
    }
  }
}
