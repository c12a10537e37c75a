package io.openclaw.gateway.source;

import io.openclaw.gateway.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with places that an event fills, {@code orders/${property.region}/${key}}. Each adapter
 * says which places it knows. In a topic, a value stays within the level it stands in: with a
 * {@code /}, {@code +} or {@code #} in it, or without a value, the event can never work. Immutable.
 */
public final class Template {
  private static final Pattern PLACE = Pattern.compile("\\$\\{([^{}]*)\\}");

  private final String text;
  private final boolean topic;
  private final List<String> literals = new ArrayList<>();
  private final List<String> places = new ArrayList<>();

  private Template(String text, boolean topic, Set<String> known) {
    this.text = text;
    this.topic = topic;
    Matcher place = PLACE.matcher(text);
    int end = 0;
    while (place.find()) {
      literals.add(literal(text.substring(end, place.start())));
      places.add(checkPlace(place.group(1), known));
      end = place.end();
    }
    literals.add(literal(text.substring(end)));
  }

  /**
   * A template of topics.
   *
   * @param known names of places; one that ends with a dot stands for all that begin with it
   * @throws IllegalArgumentException if a place is not known, or no topic can come of it
   */
  public static Template ofTopic(String text, Set<String> known) {
    Template template = new Template(text, true, known);
    if (TopicName.of(String.join("x", template.literals)).isReserved()) {
      throw new IllegalArgumentException("topics below $ belong to the gateway");
    }
    return template;
  }

  /**
   * A template of anything else, such as a key.
   *
   * @throws IllegalArgumentException if a place is not known
   */
  public static Template ofText(String text, Set<String> known) {
    return new Template(text, false, known);
  }

  private static String literal(String part) {
    if (part.contains("${")) {
      throw new IllegalArgumentException("a ${ has no }");
    }
    return part;
  }

  private static String checkPlace(String name, Set<String> known) {
    for (String one : known) {
      boolean fits =
          one.endsWith(".")
              ? name.startsWith(one) && name.length() > one.length()
              : name.equals(one);
      if (fits) {
        return name;
      }
    }
    throw new IllegalArgumentException(
        "${"
            + name
            + "} is not known; there are "
            + String.join(", ", known.stream().sorted().toList()));
  }

  /**
   * Fills the places.
   *
   * @param values the value of a place by its name, null if it has none
   * @throws UnfilledException if a value is missing or does not fit
   */
  public String fill(Function<String, @Nullable String> values) throws UnfilledException {
    if (places.isEmpty()) {
      return text;
    }
    StringBuilder filled = new StringBuilder(literals.get(0));
    for (int i = 0; i < places.size(); i++) {
      filled.append(value(places.get(i), values)).append(literals.get(i + 1));
    }
    return filled.toString();
  }

  private String value(String place, Function<String, @Nullable String> values)
      throws UnfilledException {
    String value = values.apply(place);
    if (value == null || value.isEmpty()) {
      throw new UnfilledException(place + ", which " + text + " needs, has no value");
    }
    if (topic && value.chars().anyMatch(c -> c == '/' || c == '+' || c == '#')) {
      throw new UnfilledException(
          "the value of " + place + " has a / + or #, so it is no level of " + text);
    }
    return value;
  }

  /** The text it was made from. */
  @Override
  public String toString() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Template that && that.text.equals(text) && that.topic == topic;
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** A place could not be filled: the event can never work. Its message may be shown. */
  public static final class UnfilledException extends Exception {
    private static final long serialVersionUID = 1L;

    private UnfilledException(String reason) {
      super(reason);
    }

    /** What was wrong, in words. */
    public String reason() {
      return String.valueOf(getMessage());
    }
  }
}
