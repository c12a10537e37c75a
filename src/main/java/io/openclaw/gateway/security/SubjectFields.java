package io.openclaw.gateway.security;

import io.openclaw.gateway.topic.TopicPattern;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a condition of the policy can ask of somebody and of the topic or pattern asked for. */
record SubjectFields(Authenticated who, TopicPattern asked)
    implements Function<String, @Nullable Object> {

  /** A String, Boolean, Long or Double; null for what is absent, no scalar, or a wildcard. */
  @Override
  public @Nullable Object apply(String name) {
    return switch (name) {
      case "$user" -> present(who.identity().user());
      case "$issuer" -> present(who.identity().issuer());
      case "$address" -> present(who.address());
      case "$topic" -> asked.isExact() ? asked.toString() : null;
      default -> name.startsWith("$") ? level(name.substring(1)) : claim(name);
    };
  }

  private static @Nullable String present(String value) {
    return value.isEmpty() ? null : value;
  }

  private @Nullable String level(String number) {
    boolean digits = !number.isEmpty() && number.length() < 4;
    if (!digits || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    int level = Integer.parseInt(number);
    return level < 1 || level > asked.levels().size()
        ? null
        : literal(asked.levels().get(level - 1));
  }

  private static @Nullable String literal(String level) {
    return level.equals("+") || level.equals("#") ? null : level;
  }

  private @Nullable Object claim(String path) {
    Object value = Claims.find(who.identity().claims(), path);
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    boolean scalar =
        value instanceof String
            || value instanceof Boolean
            || value instanceof Long
            || value instanceof Double;
    return scalar ? value : null;
  }
}
