package io.openclaw.gateway.wiring;

import io.openclaw.gateway.drain.Drain;
import io.openclaw.gateway.presence.PresenceWriter;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Drains the node when it is asked to, when the process is told to end, and, as far as the server
 * still serves connections then, before anything else stops when the application ends.
 */
@ApplicationScoped
public class Draining {
  private static final int BEFORE_ALL_OTHERS = 1;
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int AFTER_ALL_OTHERS = 9_500;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Inject private Drain drain;
  @Inject private PresenceWriter presence;

  private @Nullable TermSignal term;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public Draining() {}

  @Produces
  @Singleton
  static Drain drain(
      Sessions sessions, Sources sources, GatewaySettings settings, Draining threads) {
    Drain.Sources all =
        new Drain.Sources() {
          @Override
          public void stop() {
            sources.suspend();
          }

          @Override
          public void start() {
            sources.resume();
          }
        };
    return new Drain(
        sessions,
        all,
        settings.drain(),
        threads::begin,
        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  /** Runs {@code task} in a thread of its own. */
  public void begin(Runnable task) {
    threads.newThread(task).start();
  }

  void start(
      @Observes @Priority(AFTER_ALL_OTHERS) @Initialized(ApplicationScoped.class)
          Object application) {
    term = TermSignal.precede(this::finish).orElse(null);
  }

  /** In a thread of the container, which the signal's is not. */
  private void finish() {
    Thread thread = threads.newThread(this::leave);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Once the server ends, the log may be gone before those have left it who were here. */
  private void leave() {
    drain.finish();
    presence.stop(PATIENCE);
  }

  void stop(
      @Observes @Priority(BEFORE_ALL_OTHERS) @BeforeDestroyed(ApplicationScoped.class)
          Object application) {
    if (term != null) {
      term.close();
    }
    drain.finish();
  }
}
