package io.openclaw.gateway.hook;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The hooks that are open, by name. Thread-safe. */
public final class Hooks {
  private final Map<String, Hook> open = new ConcurrentHashMap<>();

  /** The hook of that name, if it is open. */
  public Optional<Hook> find(String name) {
    return Optional.ofNullable(open.get(name));
  }

  /**
   * Opens a hook.
   *
   * @throws IllegalStateException if another one has that name
   */
  public void open(String name, Hook hook) {
    if (open.putIfAbsent(name, hook) != null) {
      throw new IllegalStateException("there is another hook " + name);
    }
  }

  /** Closes it, if it is this one. */
  public void close(String name, Hook hook) {
    open.remove(name, hook);
  }
}
