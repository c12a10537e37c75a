package io.openclaw.gateway.wiring.settings;

import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Reads from MicroProfile Config: system properties, environment variables ({@code
 * OPENCLAW_LOG_MAX_COUNT} for {@code openclaw.log.max-count}), then the server's own sources.
 */
public final class MicroProfileSettings implements SettingsSource {
  private final Config config;

  public MicroProfileSettings(Config config) {
    this.config = config;
  }

  @Override
  public @Nullable String get(String key) {
    return config.getOptionalValue(key, String.class).orElse(null);
  }

  @Override
  public Iterable<String> keys() {
    return config.getPropertyNames();
  }
}
