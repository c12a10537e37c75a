package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.camel.CamelSettings;
import io.openclaw.gateway.cluster.ClusterSettings;
import io.openclaw.gateway.drain.DrainSettings;
import io.openclaw.gateway.forward.ForwardSettings;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.log.LogKind;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.journal.AppendSettings;
import io.openclaw.gateway.log.journal.hazelcast.RingSettings;
import io.openclaw.gateway.presence.PresenceSettings;
import io.openclaw.gateway.request.RequestSettings;
import io.openclaw.gateway.rest.RestSettings;
import io.openclaw.gateway.security.AdmissionSettings;
import io.openclaw.gateway.security.DoorSettings;
import io.openclaw.gateway.security.JwtSettings;
import io.openclaw.gateway.security.LimitSettings;
import io.openclaw.gateway.security.OriginPolicy;
import io.openclaw.gateway.security.RevocationSettings;
import io.openclaw.gateway.security.TicketSettings;
import io.openclaw.gateway.session.SessionSettings;
import io.openclaw.gateway.source.jms.JmsSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The scalar settings of all packages.
 *
 * @param auditMaxPerSecond lines that a second of the audit trail may have
 * @param sourcesFile where sources are kept that were added over HTTP, or null: none can be added
 * @param configFile the {@code openclaw.yaml}, or null: the built-in one
 */
public record GatewaySettings(
    LogKind logKind,
    LogSettings log,
    AppendSettings appends,
    RingSettings ring,
    LogStores stores,
    IngestSettings ingest,
    SessionSettings session,
    DrainSettings drain,
    PresenceSettings presence,
    RestSettings rest,
    JmsSettings jms,
    CamelSettings camel,
    JwtSettings jwt,
    TicketSettings tickets,
    OriginPolicy origins,
    LimitSettings limits,
    AdmissionSettings admission,
    DoorSettings door,
    int auditMaxPerSecond,
    RevocationSettings revocations,
    @Nullable Path sourcesFile,
    ForwardSettings forward,
    RequestSettings request,
    ClusterSettings cluster,
    @Nullable Path configFile) {

  /** Reads all of them; faults are noted in {@code reader}. */
  public static GatewaySettings read(SettingsReader reader) {
    LogKind kind = Bindings.logKind(reader);
    LogSettings log = Bindings.log(reader);
    IngestSettings ingest = Bindings.ingest(reader);
    return new GatewaySettings(
        kind,
        log,
        Bindings.appends(reader),
        Bindings.ring(reader, log),
        LogStores.read(reader, kind, log, ingest.maxPayloadBytes()),
        ingest,
        Bindings.session(reader),
        Bindings.drain(reader),
        Bindings.presence(reader),
        Bindings.rest(reader),
        Bindings.jms(reader),
        Bindings.camel(reader),
        JwtBindings.jwt(reader),
        JwtBindings.tickets(reader),
        SecurityBindings.origins(reader),
        LimitsBindings.limits(reader),
        LimitsBindings.admission(reader),
        LimitsBindings.door(reader),
        SecurityBindings.auditMaxPerSecond(reader),
        SecurityBindings.revocations(reader),
        reader.path("openclaw.sources.file").orElse(null),
        ForwardBindings.forward(reader),
        ForwardBindings.request(reader),
        ClusterBindings.cluster(reader),
        reader.path("openclaw.config").orElse(null));
  }
}
