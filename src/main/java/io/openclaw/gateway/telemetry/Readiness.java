package io.openclaw.gateway.telemetry;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Whether the gateway should get traffic: every part that must work says itself what is wrong with
 * it. Thread-safe.
 */
public final class Readiness {
  private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentHashMap<>();

  /**
   * Adds a part.
   *
   * @param name says which, in answers: {@code sessions}, {@code jms}
   * @param problem what is wrong with it now, in words, or empty; quick and without I/O
   */
  public void add(String name, Supplier<Optional<String>> problem) {
    checks.put(name, problem);
  }

  /** What is wrong now, by part; empty if the gateway is ready. */
  public Map<String, String> problems() {
    Map<String, String> found = new TreeMap<>();
    checks.forEach((name, check) -> check.get().ifPresent(problem -> found.put(name, problem)));
    return found;
  }
}
