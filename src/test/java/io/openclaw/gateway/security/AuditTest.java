package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fake.ManualTime;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditTest {
  private final ManualTime time = new ManualTime();
  private final List<String> lines = new ArrayList<>();
  private final Audit audit = new Audit(time, 3, lines::add);

  private static Caller user(String name) {
    return new Caller(new Identity(name, Set.of(), Map.of(), "t-1", null), "192.0.2.1");
  }

  private static JsonObject parsed(String line) {
    return Json.createReader(new StringReader(line)).readObject();
  }

  @Test
  void aLineSaysWhatHappenedToWhom() {
    audit.write(AuditEvent.DENIED, user("ann"), "action", "subscribe", "topic", "a/#");
    JsonObject line = parsed(lines.get(0));
    assertEquals(time.instant().toString(), line.getString("time"));
    assertEquals("denied", line.getString("event"));
    assertEquals("192.0.2.1", line.getString("address"));
    assertEquals("ann", line.getString("user"));
    assertEquals("t-1", line.getString("tokenId"));
    assertEquals("a/#", line.getString("topic"));
  }

  @Test
  void whatAClientSendsCannotForgeALineOrHideInOne() {
    String evil =
        "x\",\"event\":\"signed-in\"\r\n{\"event\":\"signed-in\"}\u2028\u0085\u202e\u001b[2K\ud800";
    audit.write(AuditEvent.REFUSED, user(evil), "reason", evil);
    String line = lines.get(0);
    assertTrue(line.chars().allMatch(c -> c >= ' ' && c <= '~'), line);
    assertEquals("refused", parsed(line).getString("event"));
    assertEquals(evil, parsed(line).getString("user"));
    assertEquals(evil, parsed(line).getString("reason"));
    assertEquals(1, lines.size());
  }

  @Test
  void aLongValueIsCut() {
    audit.write(AuditEvent.DENIED, user("ann"), "topic", "x".repeat(100_000));
    assertTrue(lines.get(0).length() < 1_000);
  }

  @Test
  void lettersOfAllLanguagesStay() {
    audit.write(AuditEvent.CONNECTED, user("Zoë 李"));
    assertTrue(lines.get(0).contains("Zoë 李"));
  }

  @Test
  void ofMoreLinesThanASecondMayHaveTheRestIsCounted() {
    for (int i = 0; i < 10; i++) {
      audit.write(AuditEvent.DENIED, user("ann"));
    }
    assertEquals(3, lines.size());
    time.pass(Duration.ofSeconds(1));
    audit.write(AuditEvent.CONNECTED, user("bob"));
    assertEquals(5, lines.size());
    assertEquals("suppressed", parsed(lines.get(3)).getString("event"));
    assertEquals(7, parsed(lines.get(3)).getInt("count"));
    assertEquals("bob", parsed(lines.get(4)).getString("user"));
  }

  @Test
  void anIdentityShowsNothingOfItsClaims() {
    audit.write(
        AuditEvent.CONNECTED,
        new Caller(new Identity("ann", Set.of("boss"), Map.of("pin", "4711"), null, null), ""));
    assertFalse(lines.get(0).contains("4711"));
  }
}
