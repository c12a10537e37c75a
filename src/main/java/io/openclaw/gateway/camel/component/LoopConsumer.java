package io.openclaw.gateway.camel.component;

import io.openclaw.gateway.source.Pause;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that is one thread with one connection at a time. What the route fails on, or was not
 * acknowledged when the connection broke, comes again over the next connection, before anything
 * newer. The pauses between attempts grow to half a minute. Suspended, it is stopped and keeps its
 * place at the neighbour. Thread-safe; a connection is confined to the thread.
 */
abstract class LoopConsumer extends DefaultConsumer {
  private static final Logger LOG = System.getLogger(LoopConsumer.class.getName());
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final long STOP_MILLIS = 5_000;

  private final String name;
  private volatile String trouble = "";
  private @Nullable Run run;

  /** A connection to the neighbour. */
  interface Link extends AutoCloseable {
    /**
     * Waits for what comes, about a second at most, and processes it.
     *
     * @return false if the neighbour has ended the connection, and that is no failure
     */
    boolean take() throws Exception;

    /** Ends a waiting of {@link #take} that is longer than a second. From any thread. */
    default void cut() {}

    /** Must not throw. */
    @Override
    void close();
  }

  /**
   * @param name for the log
   */
  LoopConsumer(Endpoint endpoint, Processor processor, String name) {
    super(endpoint, processor);
    this.name = name;
    setHealthCheck(new Reachable());
  }

  /** Connects; fails if the neighbour cannot be reached. */
  abstract Link open() throws Exception;

  /** How long to wait before a connection is opened after one that ended without failure. */
  Duration pauseAfterEnd() {
    return FIRST_PAUSE;
  }

  /** Tells whether the neighbour can be reached, and if not, why. */
  private final class Reachable implements HealthCheck {
    @Override
    public String getGroup() {
      return "openclaw";
    }

    @Override
    public String getId() {
      return name;
    }

    @Override
    public boolean isEnabled() {
      return true;
    }

    @Override
    public void setEnabled(boolean enabled) {
      // It costs nothing.
    }

    @Override
    public Result call(Map<String, Object> options) {
      HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
      String now = trouble;
      return now.isEmpty() ? result.up().build() : result.message(now).down().build();
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    ExecutorService thread =
        getEndpoint()
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, name);
    run = new Run(thread);
    thread.execute(run);
  }

  @Override
  protected void doStop() throws Exception {
    Run now = run;
    run = null;
    if (now != null) {
      now.end();
      getEndpoint()
          .getCamelContext()
          .getExecutorServiceManager()
          .shutdownGraceful(now.thread, STOP_MILLIS);
    }
    trouble = "";
    super.doStop();
  }

  /**
   * Has the route process {@code exchange}, with what its error handler does.
   *
   * @throws Exception if it failed at last: the event has to come again
   */
  void process(Exchange exchange) throws Exception {
    try {
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private void works() {
    if (!trouble.isEmpty()) {
      LOG.log(Level.INFO, "{0}: connected again", name);
      trouble = "";
    }
  }

  private void failed(Exception e) {
    String message = e.getMessage();
    String reason = message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    if (trouble.isEmpty()) {
      LOG.log(Level.WARNING, "{0}: {1}", name, reason);
    }
    trouble = reason;
  }

  /** One life of the consumer, from start to stop. */
  private final class Run implements Runnable {
    private final ExecutorService thread;
    private final Pause end = new Pause();
    private volatile @Nullable Link link;
    private Duration pause = FIRST_PAUSE;

    Run(ExecutorService thread) {
      this.thread = thread;
    }

    /** The event under way is finished; a waiting for the next one is not. */
    void end() {
      end.end();
      Link now = link;
      if (now != null) {
        now.cut();
      }
    }

    @Override
    public void run() {
      while (!end.isOver()) {
        try (Link opened = open()) {
          link = opened;
          serve(opened);
          end.await(pauseAfterEnd());
        } catch (Exception e) { // whatever fails here, the source must go on
          if (!end.isOver()) {
            failed(e);
            end.await(pause);
            pause = longer(pause);
          }
        }
      }
    }

    private void serve(Link opened) throws Exception {
      boolean more = true;
      while (more && !end.isOver()) {
        more = opened.take();
        works();
        pause = FIRST_PAUSE;
      }
    }

    private static Duration longer(Duration pause) {
      Duration twice = pause.multipliedBy(2);
      return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
  }
}
