package io.openclaw.gateway.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.security.ApiKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class MakeApiKeyTest {
  private static String printed(String name, String key) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MakeApiKey.print(new PrintStream(out, true, StandardCharsets.UTF_8), name, key);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aKeyHas256RandomBits() {
    String key = MakeApiKey.newKey();
    assertTrue(key.matches("ock_[A-Za-z0-9_-]{43}"), key);
    assertNotEquals(key, MakeApiKey.newKey());
  }

  @Test
  void theLinesForTheFileHaveTheHashAndNotTheKey() {
    String key = MakeApiKey.newKey();
    String text = printed("order-importer", key);
    String yaml = text.substring(text.indexOf("api-keys:"));
    assertInstanceOf(
        Map.class, new Load(LoadSettings.builder().build()).loadFromString(yaml), yaml);
    assertTrue(yaml.contains("- name: order-importer\n"), yaml);
    assertTrue(yaml.contains("    hash: \"" + ApiKey.hashOf(key) + "\"\n"), yaml);
    assertEquals(text.indexOf(key), text.lastIndexOf(key));
    assertFalse(yaml.contains(key));
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> printed("a b", MakeApiKey.newKey()));
  }
}
