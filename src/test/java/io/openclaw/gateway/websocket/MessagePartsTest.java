package io.openclaw.gateway.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MessagePartsTest {
  private final MessageParts parts = new MessageParts(4);

  @Test
  void aMessageInOnePartIsThatPart() {
    String text = "abcd";
    byte[] bytes = {1, 2, 3, 4};
    assertSame(text, parts.add(text, true));
    assertSame(bytes, parts.add(bytes, true));
    assertSame(text, parts.add(text, true));
  }

  @Test
  void textInPartsComesTogetherWithTheLastOne() {
    for (int i = 0; i < 2; i++) {
      assertNull(parts.add("a", false));
      assertNull(parts.add("", false));
      assertNull(parts.add("bc", false));
      assertEquals("abcd", parts.add("d", true));
    }
    assertNull(parts.add("a", false));
    assertEquals("a", parts.add("", true));
    assertNull(parts.add("", false));
    assertEquals("b", parts.add("b", true));
  }

  @Test
  void bytesInPartsComeTogetherWithTheLastOne() {
    for (int i = 0; i < 2; i++) {
      assertNull(parts.add(new byte[] {1}, false));
      assertNull(parts.add(new byte[] {2, 3}, false));
      assertArrayEquals(new byte[] {1, 2, 3, 4}, parts.add(new byte[] {4}, true));
    }
  }

  @Test
  void aMessageThatIsTooLargeNeverComesTogetherAndNoneAfterIt() {
    assertNull(parts.add("abc", false));
    assertFalse(parts.areTooLarge());
    assertNull(parts.add("de", false));
    assertTrue(parts.areTooLarge());
    assertNull(parts.add("f", true));
    assertNull(parts.add("g", true));
    assertTrue(parts.areTooLarge());
  }

  @Test
  void textIsCountedInBytesOfUtf8() {
    assertEquals("\uD83D\uDE00", parts.add("\uD83D\uDE00", true));
    assertEquals("€a", parts.add("€a", true));
    assertNull(parts.add("€", false));
    assertFalse(parts.areTooLarge());
    assertNull(parts.add("é", true));
    assertTrue(parts.areTooLarge());
  }

  @Test
  void onePartMayBeTooLargeByItself() {
    assertNull(parts.add(new byte[5], true));
    assertTrue(parts.areTooLarge());
  }
}
