package io.openclaw.gateway.connector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
  private static final int COUNT = 100;

  private final List<NumberedEvent> events = new ArrayList<>(NumberedEvent.series(COUNT, 0));

  @Test
  void findsNothingWhereAllIsWell() {
    assertEquals(List.of(), Arrivals.faults(events, COUNT));
  }

  @Test
  void findsWhatIsMissing() {
    events.remove(50);
    assertEquals(
        List.of("there are 99 and not 100", "unexpected 10-3", "unexpected 10-4"),
        Arrivals.faults(events, COUNT));
  }

  @Test
  void findsWhatIsMissingAtTheEnd() {
    events.remove(99);
    assertEquals(List.of("there are 99 and not 100"), Arrivals.faults(events, COUNT));
  }

  @Test
  void findsWhatCameTwice() {
    events.add(41, events.get(40));
    assertEquals(
        List.of("there are 101 and not 100", "unexpected 0-2"), Arrivals.faults(events, COUNT));
  }

  @Test
  void findsWhatIsOutOfOrder() {
    Collections.swap(events, 40, 60);
    assertEquals(List.of("unexpected 0-3", "unexpected 0-4"), Arrivals.faults(events, COUNT));
  }
}
