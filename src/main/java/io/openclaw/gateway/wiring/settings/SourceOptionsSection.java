package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.FailurePolicy.Then;
import io.openclaw.gateway.source.Readers;
import io.openclaw.gateway.source.SourceOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what every source can be told: {@code on-failure}, {@code required}, {@code paused}, {@code
 * exclusive}.
 */
final class SourceOptionsSection {
  private static final Map<String, Then> THEN = then();

  private SourceOptionsSection() {}

  private static Map<String, Then> then() {
    Map<String, Then> words = new LinkedHashMap<>();
    words.put("dead-letter", Then.DEAD_LETTER);
    words.put("skip", Then.SKIP);
    words.put("retry", Then.RETRY);
    return words;
  }

  /** Empty if there are faults, which are noted. */
  static Optional<SourceOptions> read(YamlMap map) {
    Optional<Boolean> exclusive = flag(map, "exclusive", false);
    return exclusive.flatMap(one -> common(map, one ? Readers.ONE : Readers.ALL));
  }

  /** The same; {@code exclusive} may also name a database that has a lock. */
  static Optional<SourceOptions> readWithLock(YamlMap map) {
    Optional<String> exclusive =
        map.get("exclusive").map(YamlValue::scalar).orElse(Optional.of("false"));
    return exclusive.flatMap(
        text ->
            common(
                map,
                switch (text) {
                  case "false" -> Readers.ALL;
                  case "true" -> Readers.ONE;
                  default -> new Readers.LockHolder(text);
                }));
  }

  private static Optional<SourceOptions> common(YamlMap map, Readers readers) {
    Optional<Failure> failure =
        map.get("on-failure")
            .map(SourceOptionsSection::failure)
            .orElse(Optional.of(new Failure(FailurePolicy.DEFAULT, "")));
    Optional<Boolean> required = flag(map, "required", SourceOptions.DEFAULT.required());
    Optional<Boolean> paused = flag(map, "paused", SourceOptions.DEFAULT.paused());
    return failure.flatMap(
        f ->
            required.flatMap(
                r -> paused.map(p -> new SourceOptions(f.policy, f.deadLetters, r, p, readers))));
  }

  private static Optional<Boolean> flag(YamlMap map, String key, boolean usual) {
    return map.get(key).map(YamlValue::flag).orElse(Optional.of(usual));
  }

  private record Failure(FailurePolicy policy, String deadLetters) {}

  private static Optional<Failure> failure(YamlValue value) {
    return value.map().flatMap(map -> failure(value, map));
  }

  private static Optional<Failure> failure(YamlValue value, YamlMap map) {
    FailurePolicy usual = FailurePolicy.DEFAULT;
    Optional<Then> then =
        map.get("then").map(word -> word.oneOf(THEN)).orElse(Optional.of(usual.then()));
    Optional<Integer> attempts =
        map.get("max-attempts").map(YamlValue::integer).orElse(Optional.of(usual.maxAttempts()));
    Optional<String> deadLetters =
        map.get("dead-letters")
            .map(address -> address.text(text -> OutletAddress.of(text).toString()))
            .orElse(Optional.of(""));
    map.end();
    if (then.isEmpty() || attempts.isEmpty() || deadLetters.isEmpty()) {
      return Optional.empty();
    }
    return value.make(
        () -> new Failure(new FailurePolicy(then.get(), attempts.get()), deadLetters.get()));
  }
}
