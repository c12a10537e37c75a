package io.openclaw.gateway.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpacesTest {
  private static final SpaceSettings SETTINGS = settings();

  private final List<String> made = new ArrayList<>();
  private final Spaces spaces = Spaces.of(SETTINGS, this::log);

  private static SpaceSettings settings() {
    Map<String, List<String>> firstLevels = new LinkedHashMap<>();
    firstLevels.put("iot", List.of("sensor", "device"));
    firstLevels.put("orders", List.of("orders"));
    return new SpaceSettings(firstLevels);
  }

  private TopicLog log(String space) {
    made.add(space);
    return new MemoryTopicLog(space, LogSettings.DEFAULT, System::currentTimeMillis);
  }

  @ParameterizedTest
  @CsvSource({
    "sensor, iot",
    "sensor/1/temp, iot",
    "device/7, iot",
    "orders/1, orders",
    "order/1, default",
    "sensors/1, default",
    "Sensor/1, default",
    "stock/sensor, default",
    "$sys/nodes, default",
    "$sys/sensor, default",
    "$presence, default",
    "$presence/sensor/1, iot",
    "$presence/orders, orders",
    "$presence/chat/lobby, default",
  })
  void theFirstLevelOfATopicSelectsItsSpace(String topic, String space) {
    assertEquals(space, spaces.of(TopicName.of(topic)).name());
    assertEquals(space, spaces.of(TopicPattern.of(topic)).name());
    assertTrue(spaces.of(TopicPattern.of(topic)).holdsAllOf(TopicPattern.of(topic)));
  }

  @ParameterizedTest
  @CsvSource({
    "#, default, false",
    "+, default, false",
    "+/temp, default, false",
    "+/1/#, default, false",
    "$presence/#, default, false",
    "$presence/+/1, default, false",
    "sensor/#, iot, true",
    "sensor/+/temp, iot, true",
    "$presence/sensor/#, iot, true",
    "$sys/#, default, true",
    "stock/#, default, true",
  })
  void aPatternLivesInExactlyOneSpace(String pattern, String space, boolean whole) {
    Space found = spaces.of(TopicPattern.of(pattern));
    assertEquals(space, found.name());
    assertEquals(whole, found.holdsAllOf(TopicPattern.of(pattern)));
  }

  @Test
  void eachSpaceHasALogOfItsOwn() {
    assertEquals(List.of("default", "iot", "orders"), made);
    assertEquals(List.of("default", "iot", "orders"), epochs());
    assertEquals(List.of(0, 1, 2), spaces.all().stream().map(Space::index).toList());
  }

  private List<String> epochs() {
    return spaces.all().stream().map(space -> space.log().head().epoch()).toList();
  }

  @Test
  void appendsEachDraftToTheLogOfItsTopicAndAnswersInTheirOrder() {
    List<Draft> drafts =
        Stream.of("a", "sensor/1", "b", "orders/1", "device", "c").map(SpacesTest::draft).toList();
    List<Position> positions =
        spaces.append(drafts).join().stream().map(Placement::position).toList();
    assertEquals(
        List.of(
            new Position("default", 1),
            new Position("iot", 1),
            new Position("default", 2),
            new Position("orders", 1),
            new Position("iot", 2),
            new Position("default", 3)),
        positions);
    assertEquals(List.of(3L, 2L, 1L), heads());
  }

  private static Draft draft(String topic) {
    return new Draft(TopicName.of(topic), null, new Payload.Json("1"), false, null, null);
  }

  private List<Long> heads() {
    return spaces.all().stream().map(space -> space.log().head().offset()).toList();
  }

  @Test
  void clientsAreToldOfNamedSpacesOnly() {
    assertNull(spaces.all().get(0).wire());
    assertEquals("iot", spaces.all().get(1).wire());
  }

  @Test
  void aSpaceThatIsAloneHasEverything() {
    Spaces alone = Spaces.of(log("e"));
    Space only = alone.of(TopicPattern.of("#"));
    assertEquals(Space.DEFAULT, only.name());
    assertTrue(only.holdsAllOf(TopicPattern.of("#")));
    assertEquals(only, alone.of(TopicName.of("sensor/1")));
    assertFalse(spaces.all().get(0).alone());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "default", "Iot", "a_b", "-a", "a-", "a/b", "é"})
  void aNameThatIsNoneIsRefused(String name) {
    Map<String, List<String>> levels = Map.of(name, List.of("a"));
    assertThrows(IllegalArgumentException.class, () -> new SpaceSettings(levels));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a/b", "+", "#", "$sys", "a#"})
  void aFirstLevelThatIsNoneIsRefused(String level) {
    Map<String, List<String>> levels = Map.of("iot", List.of(level));
    assertThrows(IllegalArgumentException.class, () -> new SpaceSettings(levels));
  }

  @Test
  void aFirstLevelIsInOneSpaceOnly() {
    assertRefused(Map.of("a", List.of("x"), "b", List.of("x")));
    assertRefused(Map.of("a", List.of("x", "x")));
    assertRefused(Map.of("a", List.of()));
  }

  @Test
  void thereAreOnlySoManySpaces() {
    Map<String, List<String>> levels = new LinkedHashMap<>();
    for (int i = 0; i < SpaceSettings.MAX_SPACES - 1; i++) {
      levels.put("s" + i, List.of("t" + i));
    }
    assertEquals(
        SpaceSettings.MAX_SPACES, Spaces.of(new SpaceSettings(levels), this::log).all().size());
    levels.put("more", List.of("more"));
    assertRefused(levels);
  }

  private static void assertRefused(Map<String, List<String>> levels) {
    assertThrows(IllegalArgumentException.class, () -> new SpaceSettings(levels));
  }
}
