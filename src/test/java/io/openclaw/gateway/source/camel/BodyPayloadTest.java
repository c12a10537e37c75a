package io.openclaw.gateway.source.camel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.openclaw.gateway.topic.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BodyPayloadTest {
  private static final byte[] NO_TEXT = {(byte) 0xff, 0};
  private static CamelContext context;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    context = new DefaultCamelContext();
    context.start();
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  private static Payload payload(@Nullable Object body, BodyFormat format)
      throws EventRejectedException {
    Exchange exchange = new DefaultExchange(context);
    exchange.getIn().setBody(body);
    return new BodyPayload(format, 20).of(exchange.getIn());
  }

  private static void assertJson(String expected, @Nullable Object body) throws Exception {
    assertEquals(new Payload.Json(expected), payload(body, BodyFormat.AUTO));
  }

  private static void assertBytes(byte[] expected, Payload payload) {
    assertArrayEquals(expected, ((Payload.Binary) payload).content());
  }

  private static String code(@Nullable Object body, BodyFormat format) {
    return assertThrows(EventRejectedException.class, () -> payload(body, format)).code();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void keepsTextThatIsJsonAndQuotesOther() throws Exception {
    assertJson("{\"a\": 1}", "{\"a\": 1}");
    assertJson("\"{a\"", "{a");
    assertJson("null", null);
  }

  @Test
  void writesValuesMapsAndListsAsJson() throws Exception {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("a\"b", List.of(1, 2.5, true));
    map.put("n", null);
    map.put("x", Double.NaN);
    map.put("d", DayOfWeek.MONDAY);
    map.put("b", new byte[] {1});
    assertJson(
        "{\"a\\\"b\":[1,2.5,true],\"n\":null,\"x\":\"NaN\",\"d\":\"MONDAY\",\"b\":\"AQ==\"}", map);
    assertJson("42", 42);
    assertJson("[\"a\"]", new String[] {"a"});
    assertJson("\"1970-01-01T00:00:00Z\"", Instant.EPOCH);
  }

  @Test
  void takesBytesAsBytesUnlessToldThatTheyAreText() throws Exception {
    assertBytes(utf8("1"), payload(utf8("1"), BodyFormat.AUTO));
    assertBytes(utf8("1"), payload(ByteBuffer.wrap(utf8("1")), BodyFormat.AUTO));
    assertEquals(new Payload.Json("1"), payload(utf8("1"), BodyFormat.TEXT));
    assertEquals("bad_request", code(NO_TEXT, BodyFormat.TEXT));
    assertBytes(utf8("a"), payload("a", BodyFormat.BINARY));
  }

  @Test
  void readsStreamsAndFilesAsTextIfTheyAreText() throws Exception {
    assertJson("{}", new ByteArrayInputStream(utf8("{}")));
    assertBytes(NO_TEXT, payload(new ByteArrayInputStream(NO_TEXT), BodyFormat.AUTO));
    assertJson("\"file\"", Files.newInputStream(file("file")));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text);
  }

  @Test
  void readsNoMoreOfAStreamThanIsAllowed() throws Exception {
    ByteArrayInputStream stream = new ByteArrayInputStream(new byte[1000]);
    assertEquals("too_large", code(stream, BodyFormat.AUTO));
    assertEquals(1000 - 21, stream.available());
  }

  @Test
  void refusesWhatHasNoText() {
    assertEquals("unsupported", code(new BodyPayloadTest(), BodyFormat.AUTO));
  }

  @Test
  void refusesAListThatHasItself() {
    Object[] list = new Object[1];
    list[0] = list;
    assertEquals("bad_request", code(list, BodyFormat.AUTO));
  }
}
