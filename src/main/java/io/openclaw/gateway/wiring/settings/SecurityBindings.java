package io.openclaw.gateway.wiring.settings;

import io.openclaw.gateway.security.OriginPolicy;
import io.openclaw.gateway.security.RevocationSettings;
import java.time.Duration;
import java.util.List;

/** Which keys fill the settings of {@code security}. */
final class SecurityBindings {
  private static final String ORIGINS = "openclaw.security.allowed-origins";

  private SecurityBindings() {}

  static OriginPolicy origins(SettingsReader in) {
    List<String> origins = in.list(ORIGINS);
    return in.make(ORIGINS, new OriginPolicy(List.of()), () -> new OriginPolicy(origins));
  }

  /** Enough for the storm of a whole node coming back, which is what one wants to see whole. */
  static int auditMaxPerSecond(SettingsReader in) {
    return in.integer("openclaw.security.audit.max-per-second", 10_000, 0, Integer.MAX_VALUE);
  }

  static RevocationSettings revocations(SettingsReader in) {
    RevocationSettings d = RevocationSettings.DEFAULT;
    String p = "openclaw.security.revocations.";
    return new RevocationSettings(
        in.duration(p + "keep", d.keep(), Duration.ofSeconds(1), Duration.ofDays(365)),
        in.integer(p + "max-count", d.maxCount(), 1, 1_000_000),
        in.path(p + "file").orElse(null));
  }
}
