package io.openclaw.gateway.wiring.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DocumentedSettingsTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(openclaw\\.[a-z0-9.-]+)` \\| (?:`([^`]*)`|–) \\| \\S.* \\|$");

  @Test
  void theTableHasEveryKeyWithItsDefaultAndNoOther() throws IOException {
    SettingsReader reader = new SettingsReader(SettingsSource.of(Map.of()));
    GatewaySettings.read(reader);
    Map<String, String> documented = new TreeMap<>();
    Matcher rows = ROW.matcher(Files.readString(Path.of("docs/configuration.md")));
    while (rows.find()) {
      documented.put(rows.group(1), rows.group(2) == null ? "" : rows.group(2));
    }
    assertEquals(lines(new TreeMap<>(reader.keys())), lines(documented));
  }

  private static String lines(Map<String, String> keys) {
    return String.join("\n", keys.entrySet().stream().map(Object::toString).toList());
  }
}
