package io.openclaw.gateway.it;

import org.jboss.arquillian.core.spi.LoadableExtension;

/** Starts the neighbours before Arquillian reads its configuration, which speaks of them. */
public final class NeighboursFirst implements LoadableExtension {
  @Override
  public void register(ExtensionBuilder builder) {
    Neighbours.get();
  }
}
