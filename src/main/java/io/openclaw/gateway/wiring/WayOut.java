package io.openclaw.gateway.wiring;

import io.openclaw.gateway.forward.Deadlines;
import io.openclaw.gateway.forward.ForwardSettings;
import io.openclaw.gateway.forward.Forwarder;
import io.openclaw.gateway.forward.Provenance;
import io.openclaw.gateway.forward.Publisher;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.Outlets;
import io.openclaw.gateway.outlet.camel.CamelOutlets;
import io.openclaw.gateway.outlet.jms.JmsOutlet;
import io.openclaw.gateway.outlet.jms.JmsSending;
import io.openclaw.gateway.outlet.jms.JtaSending;
import io.openclaw.gateway.outlet.kafka.KafkaClusters;
import io.openclaw.gateway.request.Requests;
import io.openclaw.gateway.request.Services;
import io.openclaw.gateway.request.jms.JmsAnswers;
import io.openclaw.gateway.request.jms.JmsExchange;
import io.openclaw.gateway.source.Backoff;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import io.openclaw.gateway.wiring.settings.LiveConfiguration;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** Makes what leads back into the enterprise: outlets, forwarding, requests to services. */
@ApplicationScoped
public class WayOut {
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration FIRST_WAIT = Duration.ofMillis(100);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final int ID_BYTES = 16;

  @Resource(lookup = "java:comp/env/jms/ConnectionFactory")
  private ConnectionFactory connections;

  @Resource private UserTransaction transaction;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public WayOut() {}

  @Produces
  @Singleton
  JmsSending jmsSending() {
    return new JtaSending(connections, transaction, TRANSACTION_TIMEOUT);
  }

  @Produces
  @Singleton
  KafkaClusters kafkaClusters(LiveConfiguration configuration) {
    KafkaClusters clusters = new KafkaClusters();
    clusters.configure(configuration.configuration().kafka());
    return clusters;
  }

  static void close(@Disposes KafkaClusters clusters) {
    clusters.close();
  }

  /** One maker for each kind of outlet. */
  @Produces
  @Singleton
  Outlets outlets(JmsSending sending, KafkaClusters clusters, CamelOutlets camel) {
    Map<String, Function<OutletAddress, Outlet>> makers = new HashMap<>();
    makers.put("jms", address -> new JmsOutlet(address, sending));
    makers.put("kafka", clusters::outlet);
    makers.put("camel", camel::at);
    return new Outlets(makers);
  }

  @Produces
  @Singleton
  ForwardSettings forwardSettings(GatewaySettings settings) {
    return settings.forward();
  }

  @Produces
  @Singleton
  Provenance provenance(ForwardSettings settings) {
    return new Provenance(settings.claims());
  }

  @Produces
  @Singleton
  Deadlines deadlines() {
    return new Deadlines(System::nanoTime);
  }

  @Produces
  @Singleton
  Forwarder forwarder(
      GatewaySettings settings,
      Outlets outlets,
      Ingest ingest,
      Spaces spaces,
      Deadlines deadlines) {
    return new Forwarder(
        settings.forward(), outlets, ingest, spaces, deadlines, settings.ingest().dedupIds());
  }

  @Produces
  @Singleton
  Publisher publisher(
      Ingest ingest, LiveConfiguration live, Forwarder forwarder, Provenance provenance) {
    return new Publisher(
        ingest, live.forwards(), forwarder, provenance, () -> RandomText.ofBytes(ID_BYTES));
  }

  @Produces
  @Singleton
  Services services(LiveConfiguration live) {
    return live.services();
  }

  @Produces
  @Singleton
  Requests requests(GatewaySettings settings, Provenance provenance, Deadlines deadlines) {
    return new Requests(
        settings.request(), provenance, deadlines, () -> RandomText.ofBytes(ID_BYTES));
  }

  @Produces
  @Singleton
  JmsExchange exchange(
      JmsSending sending, Requests requests, Services services, GatewaySettings settings) {
    return new JmsExchange(
        connections,
        sending,
        requests,
        new JmsAnswers(settings.ingest().maxPayloadBytes()),
        () -> !services.isEmpty(),
        new Backoff(FIRST_WAIT, LONGEST_WAIT, () -> ThreadLocalRandom.current().nextLong()));
  }

  static void close(@Disposes Outlets outlets) {
    outlets.close();
  }
}
