package io.openclaw.gateway.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fuzz.Cost;
import io.openclaw.gateway.fuzz.HostileText;
import io.openclaw.gateway.topic.Position;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** What comes with a connection: parts of messages in any cut, and the header of a stream. */
class HostileConnectionsTest {
  private static final int MAX_SIZE = 200;

  @Property(seed = "20261122")
  void partsComeTogetherAsTheyWereOrAreTooLarge(@ForAll long seed) {
    Random random = new Random(seed);
    MessageParts parts = new MessageParts(MAX_SIZE);
    while (!parts.areTooLarge() && random.nextInt(20) > 0) {
      String message = "x".repeat(random.nextInt(MAX_SIZE + 20));
      assertTrue(cut(parts, message, random) || parts.areTooLarge());
    }
  }

  /** Whether it came together, at the last part and not before. */
  private static boolean cut(MessageParts parts, String message, Random random) {
    int at = 0;
    while (random.nextInt(6) > 0 && at < message.length()) {
      int end = at + random.nextInt(message.length() - at);
      assertNull(parts.add(message.substring(at, end), false));
      at = end;
    }
    String whole = parts.add(message.substring(at), true);
    assertEquals(message.length() > MAX_SIZE, parts.areTooLarge());
    return message.equals(whole);
  }

  @Example
  void aMessageOfEmptyPartsIsTooLargeInTheEnd() {
    MessageParts parts = new MessageParts(MAX_SIZE);
    for (int i = 0; i < MAX_SIZE; i++) {
      assertNull(parts.add("", false));
    }
    assertTrue(!parts.areTooLarge());
    assertNull(parts.add(new byte[0], false));
    assertTrue(parts.areTooLarge());
  }

  @Example
  void aClientThatLetsPongsPileUpIsCutOff() {
    int[] cuts = new int[1];
    UnreadFrames unread = new UnreadFrames(() -> cuts[0]++);
    for (int i = 0; i < UnreadFrames.MAX; i++) {
      assertTrue(unread.offer("pong"));
    }
    assertEquals(0, cuts[0]);
    assertTrue(!unread.offer("pong"));
    assertEquals(1, cuts[0]);
    assertEquals(UnreadFrames.MAX, unread.size());
  }

  @Property(seed = "20261123")
  void whereAStreamGoesOnIsAPositionOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      String text = HostileText.of(random) + (random.nextBoolean() ? ":" + random.nextLong() : "");
      Cost.bounded(text, () -> check(text));
    }
  }

  private static boolean check(String text) {
    try {
      Position since = EventStream.since(text);
      assertTrue(isWritten(since, text), text);
      return true;
    } catch (IllegalArgumentException e) {
      assertEquals("Last-Event-ID is epoch:offset", e.getMessage());
      return false;
    }
  }

  private static boolean isWritten(@Nullable Position since, String text) {
    return since != null && text.startsWith(since.epoch()) && since.offset() >= 0;
  }
}
