package io.openclaw.gateway.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the claims of a token: trees of maps, collections and scalars. */
final class Claims {
  private Claims() {}

  static Map<String, Object> copyOf(Map<?, ?> claims) {
    Map<String, Object> copy = new LinkedHashMap<>();
    claims.forEach(
        (name, value) -> {
          if (value != null) {
            copy.put(String.valueOf(name), copyOfValue(value));
          }
        });
    return Collections.unmodifiableMap(copy);
  }

  private static Object copyOfValue(Object value) {
    if (value instanceof Map<?, ?> map) {
      return copyOf(map);
    }
    if (value instanceof Collection<?> items) {
      return items.stream().filter(Objects::nonNull).map(Claims::copyOfValue).toList();
    }
    return value instanceof Date date ? (Object) date.toInstant().getEpochSecond() : value;
  }

  /** The value at {@code path}, a whole name before nested ones; null if there is none. */
  static @Nullable Object find(Map<?, ?> claims, String path) {
    Object whole = claims.get(path);
    if (whole != null) {
      return whole;
    }
    for (int dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
      if (claims.get(path.substring(0, dot)) instanceof Map<?, ?> nested) {
        return find(nested, path.substring(dot + 1));
      }
    }
    return null;
  }

  /** A list of names as tokens carry them: an array of texts, or one text with spaces between. */
  static Set<String> names(@Nullable Object value) {
    Set<String> names = new LinkedHashSet<>();
    if (value instanceof Collection<?> items) {
      items.forEach(
          item -> {
            if (item instanceof String name) {
              names.add(name);
            }
          });
    } else if (value instanceof String text) {
      names.addAll(Arrays.asList(text.trim().split("\\s+")));
    }
    names.remove("");
    return names;
  }

  /** A text, a whole number or a truth value as text; null for everything else. */
  static @Nullable String scalar(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    boolean plain = value instanceof Long || value instanceof Integer || value instanceof Boolean;
    return plain ? String.valueOf(value) : null;
  }

  /** Whether the claim is {@code expected}, or a list that has it. */
  static boolean has(@Nullable Object value, String expected) {
    if (value instanceof List<?> items) {
      return items.stream().anyMatch(item -> expected.equals(scalar(item)));
    }
    return expected.equals(scalar(value));
  }
}
