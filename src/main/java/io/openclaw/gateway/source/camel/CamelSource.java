package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.camel.CamelContexts;
import io.openclaw.gateway.camel.EmbeddedContext;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.source.DeadLetters;
import io.openclaw.gateway.source.Feed;
import io.openclaw.gateway.source.Lag;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceCounters;
import io.openclaw.gateway.source.SourceLoop;
import io.openclaw.gateway.source.SourceState;
import io.openclaw.gateway.source.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The routes of one file as a source. Thread-safe. */
public final class CamelSource implements Source {
  private final SourceLoop loop;
  private final RouteTally tally;

  private CamelSource(SourceLoop loop, RouteTally tally) {
    this.loop = loop;
    this.tally = tally;
  }

  /**
   * What it needs of the gateway.
   *
   * @param contexts makes the Camel context of its routes
   * @param tails how its consumers read the log
   * @param maxPayloadBytes largest payload that is taken
   * @param outlets where dead letters go, by the address in the options
   */
  public record Parts(
      CamelContexts contexts,
      Ingest ingest,
      LogTails tails,
      int maxPayloadBytes,
      Function<String, Outlet> outlets) {}

  /**
   * Reads the file, but starts nothing.
   *
   * @param loop its thread and pauses; its alone
   * @throws IllegalArgumentException if there is no outlet for its dead letters, or the file could
   *     not be read
   */
  public static Source of(RouteFileSettings settings, Parts parts, SourceLoop.Parts loop) {
    if (!settings.fault().isEmpty()) {
      throw new IllegalArgumentException(settings.fault());
    }
    RouteTally tally = new RouteTally();
    DeadLetters deadLetters =
        new DeadLetters(settings.name(), parts.outlets().apply(settings.options().deadLetters()));
    Feed.Opener opener =
        () -> new PausableRoutes(() -> open(settings, parts, tally, deadLetters, loop.turn()));
    return new CamelSource(new SourceLoop(settings, opener, tally.counters(), loop), tally);
  }

  private static Feed open(
      RouteFileSettings settings, Parts parts, RouteTally tally, DeadLetters deadLetters, Turn turn)
      throws RoutesException {
    EmbeddedContext context = parts.contexts().make(settings.name());
    RouteParts routes =
        new RouteParts(
            settings.name(),
            parts.ingest(),
            parts.tails(),
            parts.maxPayloadBytes(),
            tally,
            context::reason,
            turn);
    boolean started = false;
    try {
      context.camel().addComponent(OpenClawComponent.SCHEME, new OpenClawComponent(routes));
      new RoutePolicy(routes, settings.options().failure(), deadLetters).install(context.camel());
      context.addRoutes(settings.file(), settings.text());
      context.start();
      started = true;
      return new RouteFeed(context, tally);
    } catch (Exception e) { // whatever a component throws
      throw new RoutesException(context.reason(e), e);
    } finally {
      if (!started) {
        context.close();
      }
    }
  }

  @Override
  public SourceState state() {
    SourceState state = loop.state();
    String sickness = tally.sickness();
    return state.status() == SourceState.Status.UP && !sickness.isEmpty()
        ? SourceState.down(state.name(), sickness)
        : state;
  }

  @Override
  public SourceCounters.Counts counts() {
    return loop.counts();
  }

  @Override
  public Optional<Lag> lag() {
    return loop.lag();
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void pause() {
    loop.pause();
  }

  @Override
  public void resume() {
    loop.resume();
  }

  @Override
  public void stop(Duration patience) {
    loop.stop(patience);
  }

  /** The routes of a file could not be read or started; its message is fit for an operator. */
  private static final class RoutesException extends Exception {
    private static final long serialVersionUID = 1L;

    RoutesException(String reason, Exception cause) {
      super(reason, cause);
    }
  }
}
