package io.openclaw.gateway.wiring.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fills <code>${key}</code> and <code>${key:default}</code> in the texts of {@code openclaw.yaml}
 * with settings. What stands for a part of each event is left alone: <code>${property.…}</code>,
 * <code>${header.…}</code>, <code>${data.…}</code>, <code>${topic}</code>, <code>${key}</code> and
 * <code>${partition}</code>.
 */
final class Placeholders {
  private static final Pattern PLACE =
      Pattern.compile(
          "\\$\\{(?!(?:property|header|data)\\.|(?:topic|key|partition)\\})"
              + "([^{}:]*)(?::([^{}]*))?\\}?");

  private final SettingsReader settings;
  private final String prefix;

  /** Fills with any setting. */
  Placeholders(SettingsReader settings) {
    this(settings, "");
  }

  /**
   * @param prefix what the key of a setting must begin with: whoever writes the text must not learn
   *     the others
   */
  Placeholders(SettingsReader settings, String prefix) {
    this.settings = settings;
    this.prefix = prefix;
  }

  /**
   * @throws IllegalArgumentException if one is broken or has neither value nor default
   */
  String fill(String text) {
    if (!text.contains("${")) {
      return text;
    }
    Matcher places = PLACE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (places.find()) {
      String value = value(places.group(), places.group(1), places.group(2));
      places.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return places.appendTail(filled).toString();
  }

  private String value(String whole, String key, @Nullable String fallback) {
    if (!whole.endsWith("}") || !key.matches("[A-Za-z0-9_.-]+")) {
      throw new IllegalArgumentException("a placeholder is ${key} or ${key:default}");
    }
    if (!key.startsWith(prefix)) {
      throw new IllegalArgumentException("a placeholder is ${" + prefix + "NAME} here");
    }
    String value = settings.text(key).orElse(fallback);
    if (value == null) {
      throw new IllegalArgumentException(
          "the setting " + key + " has no value; set it, or write ${" + key + ":default}");
    }
    return value;
  }
}
