package io.openclaw.gateway.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryPageTest {
  private static Publication large(long offset) {
    Payload payload = new Payload.Json('"' + "x".repeat(1_000) + '"');
    return new Publication(offset, 0, TopicName.of("a"), null, payload, false, null, null);
  }

  private final HistoryPage page =
      new HistoryPage(new Position("e", 9), List.of(large(1), large(2), large(3)), false);

  @Test
  void endsWhereItsItemsBecomeTooLarge() {
    HistoryPage cut = page.within(2_500);
    assertEquals(List.of(large(1), large(2)), cut.items());
    assertTrue(cut.more());
    assertEquals(page.position(), cut.position());
  }

  @Test
  void hasAtLeastOneItem() {
    assertEquals(List.of(large(1)), page.within(10).items());
  }

  @Test
  void staysAsItIsIfItIsSmallEnough() {
    assertSame(page, page.within(10_000));
    assertFalse(page.within(10_000).more());
  }
}
