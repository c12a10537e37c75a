package io.openclaw.gateway.source;

import io.openclaw.gateway.source.SourceState.Status;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The sources that are running. They are changed as a whole: whoever knows which there should be
 * says so, and
 *
 * <ol>
 *   <li>a source that is not wanted any more, or with other settings, is stopped;
 *   <li>one that is new, or has other settings, is made and started;
 *   <li>all others are left alone, paused or not;
 *   <li>one that cannot even be made is there all the same, and down, with the reason.
 * </ol>
 *
 * Thread-safe; readers never wait for a change.
 */
public final class SourceRegistry {
  private static final Logger LOG = System.getLogger(SourceRegistry.class.getName());

  private final Function<SourceSettings, Source> maker;
  private final Duration patience;
  private volatile Map<String, Running> running = Map.of();

  /** Paused when all were held: what starts again after that, starts paused. */
  private List<SourceSettings> paused = List.of();

  private boolean held;

  /**
   * @param maker makes a source of its settings; what it throws is the reason why there is none
   * @param patience how long a source that is stopped may take for its batch
   */
  public SourceRegistry(Function<SourceSettings, Source> maker, Duration patience) {
    this.maker = maker;
    this.patience = patience;
  }

  /** A source and what it was made of. */
  public record Running(SourceSettings settings, Source source) {
    /** Its name. */
    public String name() {
      return settings.name();
    }
  }

  /**
   * Makes the running sources those that are wanted; of several with one name the first counts.
   * Does nothing while they are held: say it again afterwards.
   */
  public synchronized void apply(Collection<? extends SourceSettings> wanted) {
    if (!held) {
      change(wanted);
    }
  }

  private void change(Collection<? extends SourceSettings> wanted) {
    Map<String, SourceSettings> byName = new LinkedHashMap<>();
    wanted.forEach(settings -> byName.putIfAbsent(settings.name(), settings));
    Map<String, Running> next = new TreeMap<>();
    List<Running> ended = new ArrayList<>();
    for (Running one : running.values()) {
      if (one.settings().equals(byName.get(one.name()))) {
        next.put(one.name(), one);
      } else {
        ended.add(one);
      }
    }
    ended.forEach(this::stop);
    List<Running> begun = new ArrayList<>();
    for (SourceSettings settings : byName.values()) {
      next.computeIfAbsent(settings.name(), name -> noted(begun, made(settings)));
    }
    running = Map.copyOf(next);
    begun.forEach(this::start);
    paused = held ? paused : List.of();
  }

  private void start(Running one) {
    if (paused.contains(one.settings())) {
      one.source().pause();
    }
    one.source().start();
  }

  private static Running noted(List<Running> begun, Running one) {
    begun.add(one);
    return one;
  }

  private Running made(SourceSettings settings) {
    if (settings instanceof UnreadSettings unread) {
      return new Running(settings, new UnmadeSource(unread.name(), unread.reason()));
    }
    try {
      return new Running(settings, maker.apply(settings));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "{0}: cannot be started: {1}", settings.name(), e.getMessage());
      return new Running(
          settings, new UnmadeSource(settings.name(), String.valueOf(e.getMessage())));
    }
  }

  private void stop(Running one) {
    try {
      one.source().stop(patience);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, one.name() + ": did not stop well", e);
    }
  }

  /** Stops all of them. */
  public synchronized void stop() {
    change(List.of());
  }

  /**
   * Stops all of them and lets none be started, until {@link #release}. Those that are paused now
   * are paused again when they are started.
   */
  public synchronized void hold() {
    if (!held) {
      held = true;
      paused =
          running.values().stream()
              .filter(one -> one.source().state().status() == Status.PAUSED)
              .map(Running::settings)
              .toList();
    }
    stop();
  }

  /** Lets sources be started again. */
  public synchronized void release() {
    held = false;
  }

  /** The sources, by name. */
  public List<Running> all() {
    return new TreeMap<>(running).values().stream().toList();
  }

  /** The source of that name. */
  public Optional<Running> find(String name) {
    return Optional.ofNullable(running.get(name));
  }

  /** What is wrong with the sources that must work, by name; empty if nothing is. */
  public Map<String, String> problems() {
    Map<String, String> problems = new TreeMap<>();
    for (Running one : running.values()) {
      SourceState state = one.source().state();
      if (one.settings().options().required() && !state.isReady()) {
        problems.put(
            one.name(), state.reason().isEmpty() ? state.status().toString() : state.reason());
      }
    }
    return problems;
  }
}
