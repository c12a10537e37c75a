package io.openclaw.gateway.wiring.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.wiring.settings.ConfigurationFile.Reload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveConfigurationTest {
  private static final String OPEN = "access: [{who: anyone, may: all, topics: '#'}]\n";
  private static final String CLOSED = "access: []\n";
  private static final String BROKEN = "access: [{who: anyone}]\n";
  private static final TopicName TOPIC = TopicName.of("a");

  @TempDir private Path directory;
  private Path path;
  private int writes;

  @SuppressWarnings("NullAway.Init") // chooseAFile() does
  LiveConfigurationTest() {}

  @BeforeEach
  void chooseAFile() {
    path = directory.resolve("openclaw.yaml");
  }

  /** Writes with a time of change of its own, as two writes may fall into one tick of the clock. */
  private void write(String text) throws IOException {
    Files.writeString(path, text);
    Files.setLastModifiedTime(path, FileTime.fromMillis(++writes * 1000L));
  }

  private static SettingsReader settings() {
    return new SettingsReader(SettingsSource.of(Map.of()));
  }

  private LiveConfiguration load() {
    return LiveConfiguration.load(path, settings());
  }

  private static boolean isOpen(CurrentPolicy policy) {
    return policy.get().decide(Caller.UNKNOWN, Action.SUBSCRIBE, TOPIC).granted();
  }

  private static boolean sweepTwice(LiveConfiguration live) {
    boolean first = live.sweep();
    return live.sweep() || first;
  }

  @Test
  void withoutAFileTheBuiltInOneCounts() {
    LiveConfiguration live = LiveConfiguration.load(null, settings());
    assertFalse(isOpen(live.policy()));
    assertFalse(live.sweep());
  }

  @Test
  void aFileThatIsMissingStopsTheStart() {
    ConfigurationException e = assertThrows(ConfigurationException.class, this::load);
    assertTrue(e.faults().get(0).startsWith("openclaw.config = "));
  }

  @Test
  void aFileWithAFaultStopsTheStart() throws IOException {
    write(BROKEN);
    assertThrows(ConfigurationException.class, this::load);
  }

  @Test
  void aChangedFileIsInForceOnceItStandsStill() throws IOException {
    write(OPEN);
    LiveConfiguration live = load();
    CurrentPolicy policy = live.policy();
    assertTrue(isOpen(policy));
    write(CLOSED);
    assertFalse(live.sweep());
    assertTrue(isOpen(policy));
    assertTrue(live.sweep());
    assertFalse(isOpen(policy));
    assertFalse(live.sweep());
  }

  @Test
  void aFileIsNotReadWhileItIsBeingWritten() throws IOException {
    write(CLOSED);
    LiveConfiguration live = load();
    for (int i = 0; i < 3; i++) {
      write(OPEN);
      assertFalse(live.sweep());
    }
    assertTrue(live.sweep());
  }

  @Test
  void aFaultIsToldOnceAndChangesNothing() throws IOException {
    write(OPEN);
    ConfigurationFile file = new ConfigurationFile(path, new ConfigurationReader(settings()));
    file.load();
    write(BROKEN);
    assertInstanceOf(Reload.Unchanged.class, file.check());
    Reload.Rejected rejected = assertInstanceOf(Reload.Rejected.class, file.check());
    assertTrue(rejected.message().contains("openclaw.yaml:1 access[0]"));
    assertInstanceOf(Reload.Unchanged.class, file.check());
  }

  @Test
  void afterAFaultTheCorrectedFileCounts() throws IOException {
    write(OPEN);
    LiveConfiguration live = load();
    write(BROKEN);
    assertFalse(sweepTwice(live));
    assertTrue(isOpen(live.policy()));
    write(CLOSED);
    assertTrue(sweepTwice(live));
    assertFalse(isOpen(live.policy()));
  }

  @Test
  void aFileThatIsGoneChangesNothingUntilItIsBack() throws IOException {
    write(OPEN);
    LiveConfiguration live = load();
    Files.delete(path);
    assertFalse(sweepTwice(live));
    assertTrue(isOpen(live.policy()));
    write(CLOSED);
    assertTrue(sweepTwice(live));
  }

  @Test
  void aChangeOfTopicRulesAloneIsNoChangeOfAccess() throws IOException {
    write(OPEN);
    LiveConfiguration live = load();
    write(OPEN + "topics: [{pattern: a, mode: latest}]\n");
    assertFalse(sweepTwice(live));
    assertEquals(TopicMode.LATEST, live.topics().modeOf(TOPIC));
  }

  @Test
  void aChangedRateIsAChangeOfAccess() throws IOException {
    write(OPEN);
    LiveConfiguration live = load();
    write(OPEN.replace("}]", ", max-rate: 10}]"));
    assertTrue(sweepTwice(live));
    AccessDecision decision = live.policy().get().decide(Caller.UNKNOWN, Action.SUBSCRIBE, TOPIC);
    assertEquals(new AccessDecision.Granted(10), decision);
  }

  @Test
  void changedSourcesAreThereAfterTheSweep() throws IOException {
    write(OPEN);
    LiveConfiguration live = load();
    assertEquals(List.of(), live.configuration().sources());
    write(OPEN + "sources: {jms: [{queue: q, topic: a}]}\n");
    assertFalse(sweepTwice(live));
    assertEquals("jms:q", live.configuration().sources().get(0).name());
  }
}
