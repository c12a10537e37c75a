package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedNumbersTest {
  private final List<Publication> arrived = new ArrayList<>();

  KeyedNumbersTest() {
    for (int i = 0; i < 10; i++) {
      Payload number = new Payload.Json(Integer.toString(KeyedNumbers.number(i, 2)));
      String key = KeyedNumbers.key(i, 2);
      arrived.add(new Publication(i, 0, TopicName.of("t"), key, number, false, null, null));
    }
  }

  private List<String> faults() {
    return KeyedNumbers.faults(arrived, 10, 2);
  }

  @Test
  void findsNothingWhereAllIsThereInOrder() {
    assertEquals(List.of(), faults());
  }

  @Test
  void findsWhatIsLost() {
    arrived.remove(3);
    assertEquals(List.of("k1: 3 after 1"), faults());
  }

  @Test
  void findsWhatIsLostAtTheEnd() {
    arrived.remove(9);
    assertEquals(List.of("k1: ended with 4"), faults());
  }

  @Test
  void findsWhatIsDoubled() {
    arrived.add(4, arrived.get(2));
    assertEquals(List.of("k0: 2 after 2"), faults());
  }

  @Test
  void findsWhatIsOutOfOrder() {
    Collections.swap(arrived, 2, 4);
    assertEquals(List.of("k0: 3 after 1", "k0: 2 after 3", "k0: 4 after 2"), faults());
  }
}
