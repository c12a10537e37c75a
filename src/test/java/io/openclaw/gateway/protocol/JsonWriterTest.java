package io.openclaw.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

class JsonWriterTest {
  private static JsonObject parse(String json) {
    try (JsonParser parser = Json.parser(json)) {
      parser.next();
      JsonObject object = parser.getObject();
      assertFalse(parser.hasNext());
      return object;
    }
  }

  private static Publication publication(@Nullable String key, Payload payload, boolean removed) {
    return new Publication(7, 1_700, TopicName.of("a/b"), key, payload, removed, null, "s-1");
  }

  private static String written(ServerMessage message) {
    String json = JsonWriter.write(message);
    parse(json);
    return json;
  }

  @Example
  void writesAPublicationWithItsDataAsItIs() {
    assertEquals(
        "{\"op\":\"pub\",\"topic\":\"a/b\",\"offset\":7,\"time\":1700,\"data\":{\"x\": 1.0}}",
        JsonWriter.write(publication(null, new Payload.Json("{\"x\": 1.0}"), false), false, null));
  }

  @Example
  void writesKeyAndSnapshot() {
    assertEquals(
        "{\"op\":\"pub\",\"topic\":\"a/b\",\"offset\":7,\"time\":1700,\"key\":\"k\",\"data\":1,"
            + "\"snapshot\":true}",
        JsonWriter.write(publication("k", new Payload.Json("1"), false), true, null));
  }

  @Example
  void writesARemoval() {
    assertEquals(
        "{\"op\":\"pub\",\"topic\":\"a/b\",\"offset\":7,\"time\":1700,\"key\":\"k\",\"data\":null,"
            + "\"removed\":true}",
        JsonWriter.write(publication("k", Payload.NONE, true), false, null));
  }

  @Example
  void writesBytesAsBase64() {
    assertEquals(
        "{\"op\":\"pub\",\"topic\":\"a/b\",\"offset\":7,\"time\":1700,\"data64\":\"AP8=\"}",
        JsonWriter.write(
            publication(null, new Payload.Binary(new byte[] {0, -1}), false), false, null));
  }

  @Example
  void doesNotTellWhoPublished() {
    String json = JsonWriter.write(publication("k", new Payload.Json("1"), false), false, null);
    assertFalse(json.contains("s-1"));
  }

  @Example
  void writesTheTraceOfAPublication() {
    Publication traced =
        new Publication(
            1, 2, TopicName.of("a"), null, new Payload.Json("1"), false, "00-abc-def-01", null);
    assertEquals("00-abc-def-01", parse(JsonWriter.write(traced, false, null)).getString("trace"));
  }

  @Example
  void writesEachMessage() {
    assertEquals(
        "{\"op\":\"welcome\",\"session\":\"s\",\"node\":\"n\",\"heartbeat\":25000,\"user\":null,"
            + "\"limits\":{\"message\":65536,\"subscriptions\":1000}}",
        written(new ServerMessage.Welcome("s", "n", 25_000, null, 65_536, 1_000)));
    assertEquals(
        "{\"op\":\"ok\",\"id\":1,\"user\":\"ada\",\"expires\":99}",
        written(new ServerMessage.Ok(1L, "ada", 99L)));
    assertEquals(
        "{\"op\":\"subscribed\",\"id\":2,\"topic\":\"a/+\",\"epoch\":\"e\",\"offset\":5,"
            + "\"mode\":\"latest\",\"recovered\":false}",
        written(
            new ServerMessage.Subscribed(
                2L, "a/+", "e", 5, TopicMode.LATEST, false, 0, false, null)));
    assertEquals(
        "{\"op\":\"subscribed\",\"id\":2,\"topic\":\"a\",\"epoch\":\"e\",\"offset\":5,"
            + "\"mode\":\"latest\",\"recovered\":true,\"maxRate\":7,\"narrowed\":true}",
        written(
            new ServerMessage.Subscribed(2L, "a", "e", 5, TopicMode.LATEST, true, 7, true, null)));
    assertEquals(
        "{\"op\":\"subscribed\",\"topic\":\"a\",\"epoch\":\"e\",\"offset\":5,"
            + "\"mode\":\"events\",\"recovered\":true,\"space\":\"iot\"}",
        written(
            new ServerMessage.Subscribed(
                null, "a", "e", 5, TopicMode.EVENTS, true, 0, false, "iot")));
    assertEquals(
        "{\"op\":\"live\",\"topic\":\"a\",\"offset\":6}", written(new ServerMessage.Live("a", 6)));
    assertEquals(
        "{\"op\":\"gap\",\"topic\":\"a\",\"reason\":\"retention\",\"epoch\":\"e\",\"from\":1,"
            + "\"to\":4}",
        written(new ServerMessage.Gap("a", "retention", "e", 1, 4, null)));
    assertEquals(
        "{\"op\":\"gap\",\"topic\":\"a\",\"reason\":\"epoch\",\"epoch\":\"e\",\"from\":0,"
            + "\"to\":4,\"space\":\"iot\"}",
        written(new ServerMessage.Gap("a", "epoch", "e", 0, 4, "iot")));
    assertEquals(
        "{\"op\":\"unsubscribed\",\"id\":3,\"topic\":\"a\"}",
        written(new ServerMessage.Unsubscribed(3L, "a", null, null)));
    assertEquals(
        "{\"op\":\"unsubscribed\",\"topic\":\"a\",\"code\":\"forbidden\",\"message\":\"no\","
            + "\"retry\":false}",
        written(new ServerMessage.Unsubscribed(null, "a", ErrorCode.FORBIDDEN, "no")));
    assertEquals(
        "{\"op\":\"published\",\"epoch\":\"e\",\"offset\":8}",
        written(new ServerMessage.Published(null, "e", 8)));
    assertEquals("{\"op\":\"pong\",\"time\":9}", written(new ServerMessage.Pong(null, 9)));
    assertEquals("{\"op\":\"ping\"}", written(new ServerMessage.Ping(null, null)));
    assertEquals(
        "{\"op\":\"ping\",\"epoch\":\"e\",\"offset\":7}",
        written(new ServerMessage.Ping(null, new Position("e", 7))));
    assertEquals(
        "{\"op\":\"ping\",\"space\":\"iot\",\"epoch\":\"e\",\"offset\":7}",
        written(new ServerMessage.Ping("iot", new Position("e", 7))));
    assertEquals("{\"op\":\"expiring\",\"expires\":10}", written(new ServerMessage.Expiring(10)));
    assertEquals(
        "{\"op\":\"error\",\"id\":4,\"code\":\"rate_limited\",\"message\":\"slower\","
            + "\"retry\":true}",
        written(new ServerMessage.Failed(4L, ErrorCode.RATE_LIMITED, "slower")));
    assertEquals(
        "{\"op\":\"goodbye\",\"code\":4001,\"reason\":\"slow consumer\",\"reconnect\":true,"
            + "\"after\":[100,2000]}",
        written(new ServerMessage.Goodbye(4001, "slow consumer", true, 100, 2_000)));
  }

  @Example
  void writesAPageOfThePast() {
    Publication item = publication("k", new Payload.Json("1"), false);
    assertEquals(
        "{\"op\":\"history\",\"id\":5,\"epoch\":\"e\",\"items\":["
            + "{\"topic\":\"a/b\",\"offset\":7,\"time\":1700,\"key\":\"k\",\"data\":1},"
            + "{\"topic\":\"a/b\",\"offset\":7,\"time\":1700,\"key\":\"k\",\"data\":1}],"
            + "\"more\":true}",
        written(new ServerMessage.HistoryItems(5L, "e", List.of(item, item), true, false)));
    assertEquals(
        "{\"op\":\"history\",\"epoch\":\"e\",\"items\":[],\"more\":false,\"narrowed\":true}",
        written(new ServerMessage.HistoryItems(null, "e", List.of(), false, true)));
  }

  @Property
  void whateverAKeyHasItIsReadBack(@ForAll String key) {
    String json = JsonWriter.write(publication(key, new Payload.Json("1"), false), false, null);
    assertEquals(key, parse(json).getString("key"));
  }

  @Property
  void everyTextSurvivesUtf8(@ForAll String text) {
    String json = "{\"x\":" + Json.quote(text) + "}";
    String received = new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertEquals(text, parse(received).getString("x"));
  }

  @Example
  void halfASurrogatePairIsEscapedBecauseUtf8HasNoneOfIt() {
    assertEquals("\"a\\ud800b\"", Json.quote("a\ud800b"));
    assertEquals("\"\\udc00\"", Json.quote("\udc00"));
    assertEquals("\"😀\"", Json.quote("😀"));
  }
}
