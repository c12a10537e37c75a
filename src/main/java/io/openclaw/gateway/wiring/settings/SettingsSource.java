package io.openclaw.gateway.wiring.settings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the values of keys come from. */
public interface SettingsSource {
  /** The value of {@code key} as written; null if it is absent or empty. */
  @Nullable String get(String key);

  /** The keys it has a value for, as far as it can list them; for warnings only. */
  Iterable<String> keys();

  /** Reads from {@code values}. */
  static SettingsSource of(Map<String, String> values) {
    Map<String, String> copy = Map.copyOf(values);
    return new SettingsSource() {
      @Override
      public @Nullable String get(String key) {
        String value = copy.get(key);
        return value == null || value.isEmpty() ? null : value;
      }

      @Override
      public Iterable<String> keys() {
        return List.copyOf(copy.keySet());
      }
    };
  }
}
