package io.openclaw.gateway.security;

import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The audit trail: who came in, was turned away, asked for what is not granted, or lost it. Each
 * event is one line, a JSON object {@code {"time", "event", "address", "user", "issuer"?,
 * "tokenId"?, …}}, logged at INFO by the logger {@value #LOGGER}.
 *
 * <p>What a client sent can make no line look like another: values are at most {@value #MAX_CHARS}
 * characters long, and whatever is no printable character is escaped. Nothing secret is given to
 * it. Of more events than a second may have, the rest is counted and told with the next one.
 * <em>Thread-safe.</em>
 */
public final class Audit {
  /** The category to route the trail by. */
  public static final String LOGGER = "io.openclaw.gateway.audit";

  private static final int MAX_CHARS = 512;
  private static final Logger LOG = System.getLogger(LOGGER);
  private static final JsonProvider JSON = JsonProvider.provider();

  private final Clock clock;
  private final int maxPerSecond;
  private final Consumer<String> trail;

  // Guarded by this.
  private long second;
  private int written;
  private long suppressed;

  /**
   * @param maxPerSecond lines that one second may have
   */
  public Audit(Clock clock, int maxPerSecond) {
    this(clock, maxPerSecond, line -> LOG.log(Level.INFO, line));
  }

  /**
   * @param trail is given each line
   */
  Audit(Clock clock, int maxPerSecond, Consumer<String> trail) {
    this.clock = clock;
    this.maxPerSecond = maxPerSecond;
    this.trail = trail;
  }

  /**
   * Writes a line.
   *
   * @param details names and values in turn, such as {@code "topic", "a/b", "reason", "…"}
   */
  public void write(AuditEvent event, Authenticated who, String... details) {
    Instant now = clock.instant();
    long untold = admit(now.getEpochSecond());
    if (untold < 0) {
      return;
    }
    if (untold > 0) {
      trail.accept(line(start(now, "suppressed").add("count", untold)));
    }
    trail.accept(line(described(start(now, event.wire()), who, details)));
  }

  /** How many lines were left out since the last one; -1 if this one is, too. */
  private synchronized long admit(long now) {
    if (now != second) {
      second = now;
      written = 0;
    }
    if (written >= maxPerSecond) {
      suppressed++;
      return -1;
    }
    written++;
    long untold = suppressed;
    suppressed = 0;
    return untold;
  }

  private static JsonObjectBuilder start(Instant now, String event) {
    return JSON.createObjectBuilder().add("time", now.toString()).add("event", event);
  }

  private static JsonObjectBuilder described(
      JsonObjectBuilder line, Authenticated who, String[] details) {
    Identity identity = who.identity();
    line.add("address", who.address()).add("user", bounded(identity.user()));
    if (!identity.issuer().isEmpty()) {
      line.add("issuer", bounded(identity.issuer()));
    }
    if (!identity.issuer().isEmpty()) {
      line.add("issuer", bounded(identity.issuer()));
    }
    if (identity.tokenId() != null) {
      line.add("tokenId", bounded(identity.tokenId()));
    }
    for (int i = 0; i + 1 < details.length; i += 2) {
      line.add(details[i], bounded(details[i + 1]));
    }
    return line;
  }

  private static String bounded(String value) {
    return value.length() <= MAX_CHARS ? value : value.substring(0, MAX_CHARS) + "…";
  }

  private static String line(JsonObjectBuilder line) {
    String json = line.build().toString();
    StringBuilder out = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      append(out, json.charAt(i));
    }
    return out.toString();
  }

  /** Only within strings is there anything to escape, and there this is how JSON does it. */
  private static void append(StringBuilder out, char c) {
    if (isPrintable(c)) {
      out.append(c);
    } else {
      out.append(String.format("\\u%04x", (int) c));
    }
  }

  private static boolean isPrintable(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
