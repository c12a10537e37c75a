package io.openclaw.gateway.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the shared values of every cluster keep to. */
public abstract class SharedMapContract {
  protected static final Duration MINUTE = Duration.ofMinutes(1);
  protected static final Duration PATIENCE = Duration.ofSeconds(20);

  /** The cluster, with no values under {@code name} yet. */
  protected abstract Cluster cluster();

  /** Lets time pass. */
  protected abstract void pass(Duration time);

  private SharedMap map(String name) {
    return cluster().map(name);
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  protected static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private static Optional<String> get(SharedMap map, String key) {
    return map.get(key).map(SharedMapContract::text);
  }

  @Test
  void hasWhatWasPut() {
    SharedMap map = map("put");
    map.put("a", bytes("1"), MINUTE);
    map.put("a", bytes("2"), MINUTE);
    assertEquals(Optional.of("2"), get(map, "a"));
    assertEquals(Optional.empty(), get(map, "b"));
  }

  @Test
  void isTheSameMapEachTimeAndNoneOfAnotherName() {
    map("one").put("a", bytes("1"), MINUTE);
    assertEquals(Optional.of("1"), get(map("one"), "a"));
    assertEquals(Optional.empty(), get(map("other"), "a"));
  }

  @Test
  void putsOnlyWhereNothingIs() {
    SharedMap map = map("absent");
    assertTrue(map.putIfAbsent("a", bytes("1"), MINUTE));
    assertFalse(map.putIfAbsent("a", bytes("2"), MINUTE));
    assertEquals(Optional.of("1"), get(map, "a"));
  }

  @Test
  void replacesOnlyWhatIsExpected() {
    SharedMap map = map("replace");
    assertFalse(map.replace("a", bytes("1"), bytes("2"), MINUTE));
    map.put("a", bytes("1"), MINUTE);
    assertFalse(map.replace("a", bytes("0"), bytes("2"), MINUTE));
    assertTrue(map.replace("a", bytes("1"), bytes("2"), MINUTE));
    assertEquals(Optional.of("2"), get(map, "a"));
  }

  @Test
  void removesOnce() {
    SharedMap map = map("remove");
    map.put("a", bytes("1"), MINUTE);
    assertEquals(Optional.of("1"), map.remove("a").map(SharedMapContract::text));
    assertEquals(Optional.empty(), map.remove("a"));
    assertEquals(Optional.empty(), get(map, "a"));
  }

  @Test
  void givesAValueToOneOfManyWhoRemoveIt() throws Exception {
    SharedMap map = map("race");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (int i = 0; i < 50; i++) {
        String key = "k" + i;
        map.put(key, bytes("1"), MINUTE);
        Callable<Optional<byte[]>> removal = () -> map.remove(key);
        int winners = 0;
        for (Future<Optional<byte[]>> one : threads.invokeAll(Collections.nCopies(4, removal))) {
          winners += one.get().isPresent() ? 1 : 0;
        }
        assertEquals(1, winners);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void forgetsWhatIsTooOldAndKeepsWhatIsExtended() {
    SharedMap map = map("ttl");
    map.put("a", bytes("1"), Duration.ofSeconds(2));
    map.put("b", bytes("1"), Duration.ofSeconds(2));
    map.put("c", bytes("1"), MINUTE);
    assertTrue(map.replace("c", bytes("1"), bytes("2"), Duration.ofSeconds(2)));
    assertTrue(map.extend("b", MINUTE));
    assertFalse(map.extend("x", MINUTE));
    pass(Duration.ofSeconds(3));
    await().atMost(PATIENCE).until(() -> get(map, "a").isEmpty() && get(map, "c").isEmpty());
    assertEquals(Map.of("b", "1"), entries(map));
    assertTrue(map.putIfAbsent("a", bytes("3"), MINUTE));
  }

  private static Map<String, String> entries(SharedMap map) {
    return map.entries().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> text(entry.getValue())));
  }

  @Test
  void tellsOfChangesInTheirOrder() {
    SharedMap map = map("listen");
    List<String> heard = new CopyOnWriteArrayList<>();
    map.listen((key, value) -> heard.add(key + (value == null ? "-" : text(value))));
    map.put("a", bytes("1"), MINUTE);
    map.putIfAbsent("a", bytes("2"), MINUTE);
    map.replace("a", bytes("1"), bytes("3"), MINUTE);
    map.remove("a");
    map.remove("a");
    await().atMost(PATIENCE).until(() -> heard.size() >= 3);
    assertEquals(List.of("a1", "a3", "a-"), heard);
  }

  @Test
  void knowsItself() {
    assertTrue(cluster().nodes().contains(cluster().self()));
    assertFalse(cluster().others().contains(cluster().self()));
  }
}
