package io.openclaw.gateway.camel.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamTest {
  private final ArrivingBytes bytes = new ArrivingBytes(Duration.ofMillis(50));
  private final EventStream stream = new EventStream(bytes, "", 40);

  private void arrive(String text) {
    bytes.onNext(List.of(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void joinsTheLinesOfDataAndKeepsTypeAndId() throws IOException {
    arrive("event: price\nid: 7\ndata: a\ndata:b\ndata\n\n");
    assertEquals(new StreamEvent("price", "7", "a\nb\n"), stream.next());
  }

  @Test
  void takesEveryEndOfALineInWhateverPieces() throws IOException {
    arrive("\uFEFFdata: 1\r");
    arrive("\n\r");
    arrive("\ndata: 2\r\rdata: 3\n\n");
    assertEquals(new StreamEvent("message", "", "1"), stream.next());
    assertEquals(new StreamEvent("message", "", "2"), stream.next());
    assertEquals(new StreamEvent("message", "", "3"), stream.next());
  }

  @Test
  void anIdHoldsUntilThereIsAnotherAndATypeForOneEvent() throws IOException {
    arrive("id: 1\nevent: x\ndata: a\n\ndata: b\n\nid\ndata: c\n\n");
    assertEquals(new StreamEvent("x", "1", "a"), stream.next());
    assertEquals(new StreamEvent("message", "1", "b"), stream.next());
    assertEquals(new StreamEvent("message", "", "c"), stream.next());
  }

  @Test
  void passesOverCommentsUnknownFieldsAndEventsWithoutData() throws IOException {
    arrive(": hello\nfoo: bar\nevent: x\n\nretry: 250\nretry: soon\ndata: a\n\n");
    assertEquals(new StreamEvent("message", "", "a"), stream.next());
    assertEquals(Duration.ofMillis(250), stream.retry());
  }

  @Test
  void anEventThatIsNotWholeAtTheEndIsNone() throws IOException {
    arrive("data: a\n");
    bytes.onComplete();
    assertNull(stream.next());
    assertNull(stream.next());
  }

  @Test
  void refusesAnEventThatIsTooLarge() {
    arrive("data: " + "x".repeat(30) + "\ndata: " + "x".repeat(30) + "\n\n");
    assertThrows(IOException.class, stream::next);
  }

  @Test
  void refusesALineWithoutEnd() {
    arrive("x".repeat(100));
    assertThrows(IOException.class, stream::next);
  }

  @Test
  void givesUpWhenNothingComes() {
    IOException e = assertThrows(IOException.class, stream::next);
    assertEquals("nothing came for 0 s", e.getMessage());
  }

  @Test
  void failsWhenTheConnectionBreaks() {
    bytes.onError(new IOException("reset"));
    assertThrows(IOException.class, stream::next);
  }

  @Test
  void endsWhenItIsClosed() throws IOException {
    stream.close();
    assertNull(stream.next());
  }
}
