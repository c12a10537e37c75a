package io.openclaw.gateway.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.ServerKind;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {
  @Test
  void measuresEverythingOnPayaraUnlessToldOtherwise() {
    BenchOptions options = parse("");
    assertEquals(List.of(ServerKind.PAYARA), options.servers());
    assertEquals(EnumSet.allOf(Scenario.class), options.scenarios());
  }

  @Test
  void takesServersScenariosAndExtent() {
    BenchOptions options = parse("--server both --only fan-out,jms --quick --heap 512");
    assertEquals(List.of(ServerKind.values()), options.servers());
    assertEquals(EnumSet.of(Scenario.FAN_OUT, Scenario.JMS), options.scenarios());
    assertTrue(options.extent().quick());
    assertEquals(512, options.heapMegabytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--only fan", "--only", "--server tomcat", "--heap 10", "--heap many", "--fast"})
  void refusesWhatItDoesNotKnow(String line) {
    assertThrows(IllegalArgumentException.class, () -> parse(line));
  }

  private static BenchOptions parse(String line) {
    return BenchOptions.parse(line.isEmpty() ? new String[0] : line.split(" ", -1));
  }
}
