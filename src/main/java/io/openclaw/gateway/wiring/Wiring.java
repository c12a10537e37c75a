package io.openclaw.gateway.wiring;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.command.CurrentRights;
import io.openclaw.gateway.drain.Drain;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.presence.Presence;
import io.openclaw.gateway.presence.PresenceWriter;
import io.openclaw.gateway.rest.RestSettings;
import io.openclaw.gateway.security.AddressLimits;
import io.openclaw.gateway.security.Admission;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.Authenticator;
import io.openclaw.gateway.security.CurrentLimits;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.security.DoorSettings;
import io.openclaw.gateway.security.OriginPolicy;
import io.openclaw.gateway.security.PolicyReader;
import io.openclaw.gateway.security.RequestLimits;
import io.openclaw.gateway.security.Revocations;
import io.openclaw.gateway.security.SessionBudgets;
import io.openclaw.gateway.security.Tickets;
import io.openclaw.gateway.security.TopicAuthorizer;
import io.openclaw.gateway.session.Rights;
import io.openclaw.gateway.session.SessionSettings;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.source.jms.JmsInbox;
import io.openclaw.gateway.source.jms.JmsSettings;
import io.openclaw.gateway.telemetry.Readiness;
import io.openclaw.gateway.topic.TopicLimits;
import io.openclaw.gateway.topic.TopicRules;
import io.openclaw.gateway.wiring.settings.GatewaySettings;
import io.openclaw.gateway.wiring.settings.LiveConfiguration;
import io.openclaw.gateway.wiring.settings.MicroProfileSettings;
import io.openclaw.gateway.wiring.settings.SettingsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes each part of the gateway once. */
@ApplicationScoped
public class Wiring {
  private static final int SESSION_ID_BYTES = 16;
  private static final int TICKET_BYTES = 32;

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  SettingsReader settingsReader() {
    return new SettingsReader(new MicroProfileSettings(ConfigProvider.getConfig()));
  }

  @Produces
  @Singleton
  GatewaySettings settings(SettingsReader reader) {
    GatewaySettings settings = GatewaySettings.read(reader);
    reader.check();
    return settings;
  }

  @Produces
  @Singleton
  LiveConfiguration configuration(GatewaySettings settings, SettingsReader reader) {
    return LiveConfiguration.load(settings.configFile(), reader);
  }

  @Produces
  @Singleton
  SessionSettings sessionSettings(GatewaySettings settings) {
    return settings.session();
  }

  @Produces
  @Singleton
  RestSettings restSettings(GatewaySettings settings) {
    return settings.rest();
  }

  @Produces
  @Singleton
  Ingest ingest(Spaces spaces, GatewaySettings settings) {
    return new Ingest(spaces, settings.ingest());
  }

  @Produces
  @Singleton
  TopicLimits topicLimits(GatewaySettings settings) {
    return settings.ingest().topics();
  }

  @Produces
  @Singleton
  JmsSettings jmsSettings(GatewaySettings settings) {
    return settings.jms();
  }

  @Produces
  @Singleton
  JmsInbox jmsInbox(GatewaySettings settings, Ingest ingest) {
    return JmsInbox.ofQueue(settings.jms(), ingest, settings.ingest().maxPayloadBytes());
  }

  @Produces
  @Singleton
  TopicRules topicRules(LiveConfiguration configuration) {
    return configuration.topics();
  }

  @Produces
  @Singleton
  CurrentPolicy policy(
      LiveConfiguration configuration, @Any Instance<TopicAuthorizer> authorizers) {
    configuration.policy().ask(authorizers.stream().toList());
    return configuration.policy();
  }

  @Produces
  @Singleton
  PolicyReader policyReader() {
    return LiveConfiguration::accessOf;
  }

  @Produces
  @Singleton
  Revocations revocations(GatewaySettings settings, Clock clock) {
    return new Revocations(settings.revocations(), clock);
  }

  @Produces
  @Singleton
  Authenticator authenticator(
      GatewaySettings settings,
      LiveConfiguration configuration,
      Revocations revocations,
      Clock clock) {
    return new Authenticator(
        settings.jwt(), configuration.configuration().trust(), revocations, clock);
  }

  @Produces
  @Singleton
  Tickets tickets(
      GatewaySettings settings,
      Authenticator authenticator,
      Revocations revocations,
      Clock clock,
      Cluster cluster) {
    return new Tickets(
        settings.tickets(),
        clock,
        () -> RandomText.ofBytes(TICKET_BYTES),
        owner -> authenticator.vouchFor(owner) && !revocations.cover(owner),
        settings.cluster().enabled() ? cluster.map("tickets") : null);
  }

  @Produces
  @Singleton
  Audit audit(GatewaySettings settings, Clock clock) {
    return new Audit(clock, settings.auditMaxPerSecond());
  }

  @Produces
  @Singleton
  OriginPolicy origins(GatewaySettings settings) {
    return settings.origins();
  }

  @Produces
  @Singleton
  CurrentLimits limits(GatewaySettings settings, LiveConfiguration configuration) {
    return new CurrentLimits(
        settings.limits().usual(), () -> configuration.configuration().limits());
  }

  @Produces
  @Singleton
  SessionBudgets sessionBudgets(CurrentLimits limits, GatewaySettings settings) {
    return new SessionBudgets(limits, settings.limits().maxExcess(), System::nanoTime);
  }

  @Produces
  @Singleton
  RequestLimits requestLimits(CurrentLimits limits, GatewaySettings settings) {
    return new RequestLimits(limits, settings.limits().maxTracked(), System::nanoTime);
  }

  @Produces
  @Singleton
  AddressLimits addressLimits(GatewaySettings settings) {
    return new AddressLimits(settings.limits(), System::nanoTime);
  }

  @Produces
  @Singleton
  Admission admission(GatewaySettings settings) {
    return new Admission(
        settings.admission(), JvmPressure.pressure(), () -> ThreadLocalRandom.current().nextLong());
  }

  @Produces
  @Singleton
  DoorSettings door(GatewaySettings settings) {
    return settings.door();
  }

  @Produces
  @Singleton
  Rights rights(CurrentPolicy policy, Revocations revocations) {
    return new CurrentRights(policy, revocations);
  }

  @Produces
  @Singleton
  Sessions sessions(SessionSettings settings, Spaces spaces, Rights rights, CurrentLimits limits) {
    return new Sessions(
        NodeName.ofThisProcess(),
        settings,
        spaces,
        settings.pumpsFor(Runtime.getRuntime().availableProcessors()),
        System::currentTimeMillis,
        () -> RandomText.ofBytes(SESSION_ID_BYTES),
        rights,
        limits);
  }

  @Produces
  @Singleton
  Presence presence(GatewaySettings settings, TopicRules rules, Spaces spaces) {
    return new Presence(
        NodeName.ofThisProcess(), settings.presence(), rules, spaces, System::currentTimeMillis);
  }

  @Produces
  @Singleton
  PresenceWriter presenceWriter(Presence presence, Cluster cluster) {
    return new PresenceWriter(presence, cluster);
  }

  /** Asks for them late: the log, which they need, is made with the readiness of the cluster. */
  @Produces
  @Singleton
  Readiness readiness(Instance<Drain> drain, Instance<Admission> admission) {
    Readiness readiness = new Readiness();
    readiness.add(
        "sessions",
        () ->
            drain.get().state() == Drain.State.SERVING
                ? Optional.empty()
                : Optional.of("draining"));
    readiness.addState(
        "admission", () -> admission.get().obstacle().map(why -> "closed: " + why).orElse("open"));
    return readiness;
  }
}
