package io.openclaw.gateway.wiring;

import io.openclaw.gateway.camel.CamelContexts;
import io.openclaw.gateway.camel.CamelSettings;
import io.openclaw.gateway.camel.ConnectorLoader;
import io.openclaw.gateway.hook.Hooks;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.Outlets;
import io.openclaw.gateway.outlet.camel.CamelOutlets;
import io.openclaw.gateway.source.camel.CamelSource;
import io.openclaw.gateway.source.camel.LogTails;
import io.openclaw.gateway.source.camel.RouteDirectory;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import io.openclaw.gateway.wiring.settings.MicroProfileSettings;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Embeds Camel: gives it the server's threads, the gateway's settings and the connectors. */
@ApplicationScoped
public class Camel {
  private static final Logger LOG = System.getLogger(Camel.class.getName());

  private static final Duration SEND_TIMEOUT = Duration.ofSeconds(30);

  @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
  private ManagedThreadFactory threads;

  @Resource(lookup = "java:comp/DefaultManagedExecutorService")
  private ManagedExecutorService executor;

  private @Nullable ConnectorLoader loader;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public Camel() {}

  @Produces
  @Singleton
  Hooks hooks() {
    return new Hooks();
  }

  @Produces
  @Singleton
  CamelContexts contexts(GatewaySettings settings, Hooks hooks) {
    CamelSettings camel = settings.camel();
    ConnectorLoader connectors =
        ConnectorLoader.of(camel.connectors(), Camel.class.getClassLoader());
    loader = connectors;
    if (connectors.count() > 0) {
      LOG.log(Level.INFO, "{0} jars of connectors", connectors.count());
    }
    return new CamelContexts(
        new CamelContexts.Parts(
            threads,
            connectors,
            new MicroProfileSettings(ConfigProvider.getConfig())::get,
            settings.ingest().maxPayloadBytes(),
            camel.shutdown(),
            Map.of("hooks", hooks)));
  }

  @Produces
  @Singleton
  CamelSource.Parts parts(
      CamelContexts contexts,
      Ingest ingest,
      Spaces spaces,
      GatewaySettings settings,
      Outlets outlets) {
    return new CamelSource.Parts(
        contexts,
        ingest,
        LogTails.of(spaces),
        settings.ingest().maxPayloadBytes(),
        address -> deadLetters(outlets, address.isEmpty() ? usualAddress(settings) : address));
  }

  private static String usualAddress(GatewaySettings settings) {
    String configured = settings.camel().deadLetters();
    return configured.isEmpty() ? "jms:queue/" + settings.jms().deadLetterQueue() : configured;
  }

  private Outlet deadLetters(Outlets outlets, String address) {
    return new ManagedOutlet(outlets.at(OutletAddress.of(address)), executor);
  }

  @Produces
  @Singleton
  RouteDirectory routes(GatewaySettings settings) {
    return new RouteDirectory(settings.camel().routes());
  }

  @Produces
  @Singleton
  CamelOutlets outlets(CamelContexts contexts) {
    return new CamelOutlets(contexts, SEND_TIMEOUT);
  }

  static void close(@Disposes CamelOutlets outlets) {
    outlets.close();
  }

  @PreDestroy
  void close() {
    if (loader != null) {
      try {
        loader.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the jars of connectors could not be closed", e);
      }
    }
  }
}
