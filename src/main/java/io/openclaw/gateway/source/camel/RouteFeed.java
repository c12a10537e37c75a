package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.camel.EmbeddedContext;
import io.openclaw.gateway.source.Feed;
import io.openclaw.gateway.source.Pause;
import java.time.Duration;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckAware;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ScheduledPollConsumer;

/**
 * The running routes of one file. Camel's threads bring the events; this one watches the routes.
 * Confined to the thread of the source's loop.
 */
final class RouteFeed implements Feed {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final EmbeddedContext context;
  private final RouteTally tally;
  private final List<String> started;
  private final Pause pause = new Pause();

  RouteFeed(EmbeddedContext context, RouteTally tally) {
    this.context = context;
    this.tally = tally;
    this.started =
        context.camel().getRoutes().stream()
            .map(Route::getRouteId)
            .filter(this::isStarted)
            .toList();
  }

  private boolean isStarted(String route) {
    return context.camel().getRouteController().getRouteStatus(route).isStarted();
  }

  @Override
  public Progress take() {
    pause.await(INTERVAL);
    for (String route : started) {
      if (!isStarted(route)) {
        throw new IllegalStateException("the route " + route + " has stopped");
      }
    }
    tally.unwell(sickness());
    return Progress.IDLE;
  }

  /** Why a consumer gets nothing, as far as it can tell. */
  private String sickness() {
    DefaultCamelContext camel = context.camel();
    for (Route route : camel.getRoutes()) {
      if (started.contains(route.getRouteId())
          && route.getConsumer() instanceof HealthCheckAware aware) {
        String sickness = sickness(route.getConsumer(), aware.getHealthCheck());
        if (!sickness.isEmpty()) {
          return "route " + route.getRouteId() + ": " + sickness;
        }
      }
    }
    return "";
  }

  @SuppressWarnings("NullAway") // few consumers have a check
  private String sickness(Consumer consumer, HealthCheck check) {
    if (check == null) {
      return "";
    }
    HealthCheck.Result result = check.call();
    if (result.getState() != HealthCheck.State.DOWN) {
      return "";
    }
    if (consumer instanceof ScheduledPollConsumer polling && polling.getErrorCounter() == 0) {
      return "";
    }
    return result
        .getError()
        .map(context::reason)
        .or(result::getMessage)
        .orElse("its consumer is down");
  }

  @Override
  public String remark() {
    return tally.remark();
  }

  @Override
  public void close() {
    context.close();
  }
}
