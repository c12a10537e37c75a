package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.forward.ForwardSettings;
import io.openclaw.gateway.forward.Provenance;
import io.openclaw.gateway.request.RequestSettings;
import java.time.Duration;
import java.util.List;

/** Which keys say how publications are forwarded and how services are asked. */
final class ForwardBindings {
  private ForwardBindings() {}

  static ForwardSettings forward(SettingsReader in) {
    ForwardSettings d = ForwardSettings.DEFAULT;
    String p = "openclaw.forward.";
    List<String> claims = in.list(p + "claims");
    in.make(p + "claims", new Provenance(List.of()), () -> new Provenance(claims));
    return new ForwardSettings(
        in.integer(p + "lanes", d.lanes(), 1, 64),
        in.integer(p + "batch-size", d.batchSize(), 1, 10_000),
        in.integer(p + "max-waiting", d.maxWaiting(), 1, Integer.MAX_VALUE),
        in.intBytes(p + "max-waiting-bytes", d.maxWaitingBytes(), 1, Integer.MAX_VALUE),
        in.duration(p + "timeout", d.timeout(), Duration.ofMillis(1), Duration.ofHours(1)),
        in.integer(p + "max-requests", d.maxRequests(), 1, Integer.MAX_VALUE),
        claims);
  }

  static RequestSettings request(SettingsReader in) {
    RequestSettings d = RequestSettings.DEFAULT;
    String p = "openclaw.request.";
    return new RequestSettings(
        in.integer(p + "max-pending", d.maxPending(), 1, 1_000_000),
        in.integer(p + "max-pending-per-session", d.maxPendingPerSession(), 1, Integer.MAX_VALUE),
        in.integer(p + "senders", d.senders(), 1, 64));
  }
}
