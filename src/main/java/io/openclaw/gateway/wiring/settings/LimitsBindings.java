package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.security.AdmissionSettings;
import io.openclaw.gateway.security.DoorSettings;
import io.openclaw.gateway.security.Forwarders;
import io.openclaw.gateway.security.IpNetwork;
import io.openclaw.gateway.security.LimitSettings;
import io.openclaw.gateway.security.Limits;
import io.openclaw.gateway.security.Rate;
import io.openclaw.gateway.topic.TopicLimits;
import java.time.Duration;
import java.util.List;

/** Which keys say how much anybody may do, and what is asked of every request. */
final class LimitsBindings {
  private static final String LIMITS = "openclaw.limits.";
  private static final String SECURITY = "openclaw.security.";
  private static final String PROXIES = SECURITY + "trusted-proxies";

  private LimitsBindings() {}

  static LimitSettings limits(SettingsReader in) {
    LimitSettings d = LimitSettings.DEFAULT;
    return new LimitSettings(
        usual(in),
        in.integer(LIMITS + "max-excess", d.maxExcess(), 1, Integer.MAX_VALUE),
        rate(in, "handshakes-per-second", "handshake-burst", d.handshakes()),
        rate(in, "failed-sign-ins-per-second", "failed-sign-in-burst", d.failedSignIns()),
        in.integer(LIMITS + "max-tracked", d.maxTracked(), 1, 10_000_000));
  }

  private static Limits usual(SettingsReader in) {
    Limits d = Limits.DEFAULT;
    return new Limits(
        rate(in, "messages-per-second", "message-burst", d.messages()),
        new Rate(
            in.bytes(LIMITS + "bytes-per-second", d.bytes().perSecond(), 0, Rate.MAX),
            in.bytes(LIMITS + "byte-burst", d.bytes().burst(), 1, Integer.MAX_VALUE)),
        rate(in, "requests-per-second", "request-burst", d.requests()),
        in.integer(LIMITS + "sessions-per-user", d.sessionsPerUser(), 0, Integer.MAX_VALUE),
        in.integer(LIMITS + "sessions-per-address", d.sessionsPerAddress(), 0, Integer.MAX_VALUE));
  }

  private static Rate rate(SettingsReader in, String perSecond, String burst, Rate usual) {
    return new Rate(
        in.integer(LIMITS + perSecond, (int) usual.perSecond(), 0, Rate.MAX),
        in.integer(LIMITS + burst, (int) usual.burst(), 1, Integer.MAX_VALUE));
  }

  static TopicLimits topics(SettingsReader in) {
    TopicLimits d = TopicLimits.DEFAULT;
    return new TopicLimits(
        in.integer(LIMITS + "max-topic-chars", d.maxChars(), 1, d.maxChars()),
        in.integer(LIMITS + "max-topic-levels", d.maxLevels(), 1, d.maxLevels()));
  }

  static int jsonDepth(SettingsReader in) {
    int deepest = IngestSettings.DEEPEST_JSON;
    return in.integer(LIMITS + "max-json-depth", deepest, 1, deepest);
  }

  static AdmissionSettings admission(SettingsReader in) {
    AdmissionSettings d = AdmissionSettings.DEFAULT;
    String p = LIMITS + "admission.";
    return new AdmissionSettings(
        in.integer(p + "max-heap-percent", d.maxHeapPercent(), 0, 100),
        in.integer(p + "max-cpu-percent", d.maxCpuPercent(), 0, 100),
        in.duration(p + "cpu-time", d.cpuTime(), Duration.ZERO, Duration.ofHours(1)));
  }

  static DoorSettings door(SettingsReader in) {
    List<String> proxies = in.list(PROXIES);
    Forwarders.Kind kind =
        in.choice(
            SECURITY + "forwarded-headers", Forwarders.Kind.class, Forwarders.Kind.X_FORWARDED);
    Forwarders forwarders =
        in.make(
            PROXIES,
            Forwarders.NONE,
            () -> new Forwarders(proxies.stream().map(IpNetwork::of).toList(), kind));
    return new DoorSettings(
        forwarders,
        in.flag(SECURITY + "require-tls", false),
        in.flag(SECURITY + "cookie-without-origin", false));
  }
}
