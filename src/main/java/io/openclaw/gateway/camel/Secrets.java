package io.openclaw.gateway.camel;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.camel.spi.PropertiesSource;
import org.jspecify.annotations.Nullable;

/**
 * Gives routes the values of settings, and remembers those that are secret by their name: they are
 * taken out of whatever is told about the routes. Thread-safe.
 */
final class Secrets implements PropertiesSource {
  private static final Pattern SECRET =
      Pattern.compile("password|passphrase|secret|token|credential|(^|[._-])key$|api-?key");
  private static final int SHORTEST = 3;

  private final Function<String, @Nullable String> settings;
  private final Set<String> values = ConcurrentHashMap.newKeySet();

  Secrets(Function<String, @Nullable String> settings) {
    this.settings = settings;
  }

  @Override
  public String getName() {
    return "openclaw";
  }

  @Override
  @SuppressWarnings("NullAway") // null is how the interface says that there is no value
  public String getProperty(String key) {
    String value = settings.apply(key);
    if (value != null
        && value.length() >= SHORTEST
        && SECRET.matcher(key.toLowerCase(Locale.ROOT)).find()) {
      values.add(value);
    }
    return value;
  }

  /** {@code text} without the values of secret settings. */
  String mask(String text) {
    String masked = text;
    for (String value : values) {
      masked = masked.replace(value, "xxxxxx");
    }
    return masked;
  }
}
