package io.openclaw.gateway.wiring;

import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.outlet.OutletAddress;
import io.openclaw.gateway.outlet.Outlets;
import io.openclaw.gateway.outlet.camel.CamelOutlets;
import io.openclaw.gateway.outlet.jms.JmsOutlet;
import io.openclaw.gateway.outlet.jms.JmsSending;
import io.openclaw.gateway.outlet.jms.JtaSending;
import io.openclaw.gateway.outlet.kafka.KafkaClusters;
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
import java.util.function.Function;

/** Makes what messages leave the gateway through. */
@ApplicationScoped
public class WayOut {
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(30);

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

  void close(@Disposes KafkaClusters clusters) {
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

  void close(@Disposes Outlets outlets) {
    outlets.close();
  }
}
