package io.openclaw.gateway.outlet.jms;

import io.openclaw.gateway.outlet.Outbound;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that the properties of a message get (Jakarta Messaging 3.1, 3.5.1 and 3.8.1.1):
 *
 * <ol>
 *   <li>{@code topic}, {@code key} and {@code eventId} are the message's own;
 *   <li>a name that is valid and free stays as it is;
 *   <li>of any other, characters that a name cannot have become {@code _}, and one that is reserved
 *       gets {@code x_} in front;
 *   <li>if that is taken, the property is left out: what has its name from the beginning is never
 *       replaced by what was given it.
 * </ol>
 */
final class PropertyNames {
  private static final Set<String> OWN = Set.of("topic", "key", "eventid");
  private static final Set<String> WORDS_OF_SELECTORS =
      Set.of("null", "true", "false", "not", "and", "or", "between", "like", "in", "is", "escape");

  private PropertyNames() {}

  /** All properties of a message under valid names. */
  static Map<String, String> valid(Outbound outbound) {
    Map<String, String> properties = new LinkedHashMap<>();
    put(properties, "topic", outbound.topic().isEmpty() ? null : outbound.topic());
    put(properties, "key", outbound.key());
    put(properties, "eventId", outbound.id());
    outbound
        .properties()
        .forEach(
            (name, value) -> {
              if (name.equals(valid(name))) {
                properties.put(name, value);
              }
            });
    outbound.properties().forEach((name, value) -> properties.putIfAbsent(valid(name), value));
    return properties;
  }

  private static void put(Map<String, String> properties, String name, @Nullable String value) {
    if (value != null) {
      properties.put(name, value);
    }
  }

  /** A name that can be used in a message and in its selectors. */
  static String valid(String name) {
    StringBuilder valid = new StringBuilder(name.length() + 2);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      valid.append(isPart(c) ? c : '_');
    }
    boolean begins = !name.isEmpty() && Character.isJavaIdentifierStart(name.charAt(0));
    return begins && !isReserved(name) ? valid.toString() : valid.insert(0, "x_").toString();
  }

  private static boolean isPart(char c) {
    return Character.isJavaIdentifierPart(c) && !Character.isIdentifierIgnorable(c);
  }

  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("jms")
        || lower.startsWith("_amq")
        || OWN.contains(lower)
        || WORDS_OF_SELECTORS.contains(lower);
  }
}
