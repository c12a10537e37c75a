package io.openclaw.gateway.source.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.source.replication.CounterCheck.Count;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CounterCheckTest {
  private static List<String> faults(int... arrived) {
    List<Count> counts = Arrays.stream(arrived).mapToObj(n -> new Count("a", n)).toList();
    return CounterCheck.faults(Map.of("a", 3), counts);
  }

  @Test
  void findsNothingWrongWithEachStepOnceInOrder() {
    assertEquals(List.of(), faults(1, 2, 3));
  }

  @Test
  void findsWhatIsMissing() {
    assertEquals(List.of("a: 3 after 1"), faults(1, 3));
    assertEquals(List.of("a: ends before 3"), faults(1, 2));
    assertEquals(List.of("a: ends before 3"), faults());
  }

  @Test
  void findsWhatCameTwice() {
    assertEquals(List.of("a: 2 after 2"), faults(1, 2, 2, 3));
  }

  @Test
  void findsWhatCameInAnotherOrder() {
    assertEquals(List.of("a: 3 after 1", "a: 2 after 3", "a: ends before 3"), faults(1, 3, 2));
  }
}
