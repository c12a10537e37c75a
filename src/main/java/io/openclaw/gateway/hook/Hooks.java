package io.openclaw.gateway.hook;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hooks that are open, by name. One that was open and is closed now, as its source is paused,
 * changed or gone, tells senders to come again. Thread-safe.
 */
public final class Hooks {
  private static final int MAX_REMEMBERED = 1_000;
  private static final Hook CLOSED =
      request -> new HookOutcome.Refused("unavailable", "this hook takes nothing at the moment");

  private final Map<String, Hook> open = new ConcurrentHashMap<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /** The hook of that name, if it is open or was. */
  public Optional<Hook> find(String name) {
    Hook hook = open.get(name);
    return hook == null && known.contains(name) ? Optional.of(CLOSED) : Optional.ofNullable(hook);
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
    if (known.size() < MAX_REMEMBERED) {
      known.add(name);
    }
  }

  /** Closes it, if it is this one. */
  public void close(String name, Hook hook) {
    open.remove(name, hook);
  }
}
