package io.openclaw.gateway.telemetry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * Whether the gateway should get traffic: every part that must work says itself what is wrong with
 * it. Thread-safe.
 */
public final class Readiness {
  private final Map<String, Supplier<Optional<String>>> checks = new ConcurrentHashMap<>();
  private final List<Supplier<Map<String, String>>> groups = new CopyOnWriteArrayList<>();
  private final Map<String, Supplier<String>> states = new ConcurrentHashMap<>();

  /**
   * Adds a part.
   *
   * @param name says which, in answers: {@code sessions}, {@code jms}
   * @param problem what is wrong with it now, in words, or empty; quick and without I/O
   */
  public void add(String name, Supplier<Optional<String>> problem) {
    checks.put(name, problem);
  }

  /**
   * Adds parts that come and go.
   *
   * @param problems what is wrong with them now, by name; quick and without I/O
   */
  public void addAll(Supplier<Map<String, String>> problems) {
    groups.add(problems);
  }

  /**
   * Adds something that operators should see and that does not decide.
   *
   * @param name says what it is about, in answers
   * @param state what it is now, in words; quick and without I/O
   */
  public void addState(String name, Supplier<String> state) {
    states.put(name, state);
  }

  /** What is added to the answer now, by name. */
  public Map<String, String> states() {
    Map<String, String> now = new TreeMap<>();
    states.forEach((name, state) -> now.put(name, state.get()));
    return now;
  }

  /** What is wrong now, by part; empty if the gateway is ready. */
  public Map<String, String> problems() {
    Map<String, String> found = new TreeMap<>();
    groups.forEach(group -> found.putAll(group.get()));
    checks.forEach((name, check) -> check.get().ifPresent(problem -> found.put(name, problem)));
    return found;
  }
}
