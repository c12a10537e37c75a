package io.openclaw.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamWriterTest {
  private static String written(Outgoing message) {
    return EventStreamWriter.write(List.of(message), "e");
  }

  @Test
  void aPublicationHasItsPositionAsIdAndNoName() {
    Publication publication =
        new Publication(7, 9, TopicName.of("a"), null, new Payload.Json("1"), false, null, null);
    assertEquals(
        "id: e:7\ndata: {\"op\":\"pub\",\"topic\":\"a\",\"offset\":7,\"time\":9,\"data\":1}\n\n",
        written(Outgoing.of(publication)));
  }

  @Test
  void anotherMessageHasItsOpAsName() {
    assertEquals(
        "event: live\ndata: {\"op\":\"live\",\"topic\":\"a\",\"offset\":7}\n\n",
        written(Outgoing.of(new ServerMessage.Live("a", 7))));
  }

  @Test
  void aPingIsNoEventAndMovesTheIdIfItTellsAPosition() {
    assertEquals(":\n\n", written(Outgoing.of(new ServerMessage.Ping(null, null))));
    assertEquals(
        "id: e:7\n\n", written(Outgoing.of(new ServerMessage.Ping(null, new Position("e", 7)))));
  }
}
