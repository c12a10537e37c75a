package io.openclaw.gateway.wiring;

import io.openclaw.gateway.forward.Deadlines;
import io.openclaw.gateway.forward.Forwarder;
import io.openclaw.gateway.request.Requests;
import io.openclaw.gateway.request.jms.JmsExchange;
import io.openclaw.gateway.session.Sessions;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Starts forwarding and requests with the application, and stops them before the sessions are sent
 * away: so whoever waits for an answer still gets one.
 */
@ApplicationScoped
public class WayBack {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int AFTER_SESSIONS = 8000;
  private static final int BEFORE_SESSIONS = 500;

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Inject private Forwarder forwarder;
  @Inject private Requests requests;
  @Inject private JmsExchange exchange;
  @Inject private Deadlines deadlines;
  @Inject private Sessions sessions;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public WayBack() {}

  void start(
      @Observes @Priority(AFTER_SESSIONS) @Initialized(ApplicationScoped.class)
          Object application) {
    threads.newThread(deadlines).start();
    forwarder.start(threads);
    requests.start(exchange, threads);
    threads.newThread(exchange).start();
    sessions.atEnd(session -> requests.cancel(session.id()));
  }

  void stop(
      @Observes @Priority(BEFORE_SESSIONS) @BeforeDestroyed(ApplicationScoped.class)
          Object application) {
    forwarder.stop(PATIENCE);
    exchange.stop();
    requests.stop();
    deadlines.stop();
  }
}
