package io.openclaw.gateway.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private final List<String> told = new ArrayList<>();
  private final Messages messages =
      new Messages(
          new Messages.Listener() {
            @Override
            public void publication(String topic, long offset, long event, long sentNanos) {
              told.add(topic + " " + offset + " " + event + " " + sentNanos);
            }

            @Override
            public void message(JsonObject message) {
              told.add(message.getString("op"));
            }

            @Override
            public void wrong(String text) {
              told.add("wrong " + text);
            }
          });

  @Test
  void takesABatchApart() {
    String first = publication(7, new Event(12, 3).data(99));
    String last = publication(8, new Event(13, 3).data(100));
    messages.take(
        "[" + first + ",{\"op\":\"live\",\"topic\":\"a}\\\"{b\",\"offset\":7}," + last + "]");
    assertEquals(List.of("lab/3 7 12 99", "live", "lab/3 8 13 100"), told);
  }

  @Test
  void takesASingleMessage() {
    messages.take("{\"op\":\"welcome\",\"limits\":{\"message\":1}}");
    assertEquals(List.of("welcome"), told);
  }

  @Test
  void saysWhatIsWrong() {
    messages.take("[{\"op\":\"live\"");
    messages.take(publication(1, "5"));
    assertEquals(List.of("wrong [{\"op\":\"live\"", "wrong " + publication(1, "5")), told);
  }

  private static String publication(long offset, String data) {
    return "{\"op\":\"pub\",\"topic\":\"lab/3\",\"offset\":"
        + offset
        + ",\"time\":5,\"data\":"
        + data
        + "}";
  }
}
