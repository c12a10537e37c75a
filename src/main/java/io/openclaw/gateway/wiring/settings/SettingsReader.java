package io.openclaw.gateway.wiring.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed settings by key. A wrong value is noted and the default is returned, so that one
 * start tells of all faults; {@link #check()} throws them together. Remembers every key it was
 * asked for with its default: that is the list of known keys. Confined to the thread that starts
 * the gateway.
 */
public final class SettingsReader {
  private final SettingsSource source;
  private final Map<String, String> defaults = new LinkedHashMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  public SettingsReader(SettingsSource source) {
    this.source = source;
  }

  /** A text that is not empty. */
  public Optional<String> text(String key) {
    return find(key, "");
  }

  /** A text that is not empty. */
  public String text(String key, String fallback) {
    return find(key, fallback).orElse(fallback);
  }

  /** A whole number from {@code min} to {@code max}. */
  public int integer(String key, int fallback, int min, int max) {
    return read(
        key,
        String.valueOf(fallback),
        fallback,
        "a whole number" + range(min, max, Integer.MAX_VALUE, String::valueOf),
        text -> inRange(Integer.parseInt(text.trim()), min, max));
  }

  /** A size in bytes from {@code min} to {@code max}: {@code 65536}, {@code 1MB}, {@code 64KiB}. */
  public long bytes(String key, long fallback, long min, long max) {
    return read(
        key,
        Notation.ofBytes(fallback),
        fallback,
        "a size such as 64KiB or 1MB" + range(min, max, Long.MAX_VALUE, Notation::ofBytes),
        text -> inRange(Notation.bytes(text), min, max));
  }

  /** A size as in {@link #bytes} that fits an int. */
  public int intBytes(String key, int fallback, int min, int max) {
    return Math.toIntExact(bytes(key, fallback, min, max));
  }

  /** A duration from {@code min} to {@code max}: {@code 500ms}, {@code 10s}, {@code PT10S}. */
  public Duration duration(String key, Duration fallback, Duration min, Duration max) {
    return read(
        key,
        Notation.ofDuration(fallback),
        fallback,
        "a duration such as 500ms, 10s or 5m" + range(min, max, null, Notation::ofDuration),
        text -> inRange(Notation.duration(text), min, max));
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean fallback) {
    return read(
        key, String.valueOf(fallback), fallback, "true or false", SettingsReader::parseFlag);
  }

  /** One of the constants of an enum, written in lower case with {@code -} for {@code _}. */
  public <E extends Enum<E>> E choice(String key, Class<E> type, E fallback) {
    Map<String, E> choices =
        Arrays.stream(type.getEnumConstants())
            .collect(Collectors.toMap(SettingsReader::written, each -> each));
    String allowed =
        choices.keySet().stream().sorted().collect(Collectors.joining(", ", "one of ", ""));
    return read(key, written(fallback), fallback, allowed, text -> one(choices, text));
  }

  /** Texts with commas between, each without the blanks around it; none if absent. */
  public List<String> list(String key) {
    return list(key, "");
  }

  /** The same with a default, which is written the same way. */
  public List<String> list(String key, String fallback) {
    return Arrays.stream(text(key, fallback).split(","))
        .map(String::trim)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  /** The path of a file. */
  public Optional<Path> path(String key) {
    return optional(key, "the path of a file", Path::of);
  }

  /** A URI. */
  public Optional<URI> uri(String key) {
    return optional(key, "a URL", URI::create);
  }

  /**
   * Makes a settings record out of values that were read; what its constructor refuses is noted
   * under {@code prefix}.
   */
  public <T> T make(String prefix, T fallback, Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      fault(prefix, String.valueOf(e.getMessage()));
      return fallback;
    }
  }

  /** Notes that something is wrong with {@code key}. */
  public void fault(String key, String message) {
    faults.add(key + ": " + message);
  }

  /**
   * @throws ConfigurationException if anything was wrong so far
   */
  public void check() {
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
  }

  /** The keys asked for so far with their defaults as one writes them; empty: no default. */
  public Map<String, String> keys() {
    return new LinkedHashMap<>(defaults);
  }

  /** Notes something that is allowed and hardly meant. */
  public void warning(String message) {
    warnings.add(message);
  }

  /** What was noted, and a warning for each setting that is there and that nobody asked for. */
  public List<String> warnings() {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(UnknownKeys.warnings(source.keys(), defaults.keySet()));
    return all;
  }

  private Optional<String> find(String key, String fallback) {
    defaults.put(key, fallback);
    return Optional.ofNullable(source.get(key)).filter(text -> !text.isBlank());
  }

  private <T> Optional<T> optional(String key, String allowed, Function<String, T> parser) {
    return find(key, "").flatMap(text -> parse(key, text, allowed, parser));
  }

  private <T> T read(
      String key, String written, T fallback, String allowed, Function<String, T> parser) {
    return find(key, written).flatMap(text -> parse(key, text, allowed, parser)).orElse(fallback);
  }

  private <T> Optional<T> parse(
      String key, String text, String allowed, Function<String, T> parser) {
    try {
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      faults.add(key + " = \"" + text + "\": allowed is " + allowed);
      return Optional.empty();
    }
  }

  private static <T extends Comparable<T>> T inRange(T value, T min, T max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException("out of range");
    }
    return value;
  }

  private static <T> String range(
      T min, T max, @Nullable T unlimited, Function<T, String> written) {
    String from = " from " + written.apply(min);
    return max.equals(unlimited) ? from + " up" : from + " to " + written.apply(max);
  }

  private static boolean parseFlag(String text) {
    if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
      return Boolean.parseBoolean(text);
    }
    throw new IllegalArgumentException("no truth value");
  }

  private static <E> E one(Map<String, E> choices, String text) {
    E found = choices.get(text.trim().toLowerCase(Locale.ROOT));
    if (found == null) {
      throw new IllegalArgumentException("none of them");
    }
    return found;
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
