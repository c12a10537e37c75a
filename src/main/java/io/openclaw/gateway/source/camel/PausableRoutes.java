package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.source.Feed;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a file, which are stopped while the source is paused and begin anew afterwards.
 * Camel's own suspending would leave their error handlers in the belief that all is being shut
 * down: nothing would be tried again any more (CAMEL-23310, CAMEL-23494). Confined to the thread of
 * the source's loop.
 */
final class PausableRoutes implements Feed {
  private final Opener opener;
  private @Nullable Feed routes;

  /**
   * @param opener starts the routes
   */
  PausableRoutes(Opener opener) {
    this.opener = opener;
  }

  @Override
  public Progress take() throws Exception {
    Feed running = routes;
    if (running == null) {
      running = opener.open();
      routes = running;
    }
    return running.take();
  }

  @Override
  public void keepAlive() {
    close();
  }

  @Override
  public String remark() {
    return routes == null ? "" : routes.remark();
  }

  @Override
  public void close() {
    Feed running = routes;
    routes = null;
    if (running != null) {
      running.close();
    }
  }
}
