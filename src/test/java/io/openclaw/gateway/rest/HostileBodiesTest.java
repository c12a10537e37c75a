package io.openclaw.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fuzz.Cost;
import io.openclaw.gateway.fuzz.HostileJson;
import io.openclaw.gateway.fuzz.HostileText;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.source.JsonText;
import io.openclaw.gateway.topic.Payload;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes as the body of a request: events, or a problem in words. */
class HostileBodiesTest {
  private static final List<String> NAMES =
      List.of(
          "topic",
          "data",
          "key",
          "eventId",
          "traceparent",
          "specversion",
          "type",
          "source",
          "id",
          "subject",
          "partitionkey",
          "data_base64",
          "datacontenttype");
  private static final List<String> VALUES =
      List.of("\"a/b\"", "\"1.0\"", "1", "{\"x\":[1]}", "\"AAEC\"", "\"=A\"", "\"e\"", "null");

  private static JsonStructure read(byte[] body) {
    return RequestBody.read(body);
  }

  private static JsonStructure read(String body) {
    return read(body.getBytes(StandardCharsets.UTF_8));
  }

  @Property(seed = "20261122")
  void aBodyIsReadOrRefused(@ForAll long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      byte[] body = body(random);
      EventForm form = random.nextBoolean() ? EventForm.PLAIN : EventForm.CLOUD_EVENT;
      Cost.bounded(seed, () -> check(form, body));
    }
  }

  private static byte[] body(Random random) {
    String object = HostileJson.object(random, NAMES, VALUES);
    String body = random.nextInt(4) == 0 ? "[" + object + "]" : object;
    byte[] bytes =
        (random.nextInt(3) == 0 ? HostileText.mutated(body, random) : body)
            .getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(5) == 0 && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static boolean check(EventForm form, byte[] body) {
    try {
      if (read(body) instanceof JsonObject object) {
        SourceEvent event = form.read(object);
        assertTrue(
            !(event.payload() instanceof Payload.Json json)
                || (JsonText.isJson(json.text()) && !json.isDeeperThan(66)));
      }
      return true;
    } catch (ProblemException e) {
      assertEquals(400, e.problem().status());
      Cost.assertTellsNothing(e.problem().detail(), new String(body, StandardCharsets.UTF_8));
      return false;
    }
  }

  private static String refusal(String body) {
    return assertThrows(ProblemException.class, () -> read(body)).problem().detail();
  }

  @Example
  void aNameThatStandsTwiceIsRefusedWhereverItIs() {
    for (String body :
        List.of(
            "{\"topic\":\"a\",\"data\":1,\"topic\":\"b\"}",
            "[{\"topic\":\"a\",\"t\\u006fpic\":\"b\"}]",
            "{\"topic\":\"a\",\"data\":{\"x\":[{\"y\":1,\"y\":1}]}}",
            "{\"a\":null,\"a\":null}")) {
      assertEquals("no name stands twice in an object", refusal(body));
    }
  }

  @Example
  void aHundredThousandLevelsAreRefusedAtLittleCost() {
    for (String level : List.of("[", "{\"a\":")) {
      assertEquals(
          "a body has at most 66 levels of nesting",
          Cost.bounded("depth", () -> refusal(level.repeat(100_000))));
    }
  }

  @Example
  void hugeNumbersAreKeptOrRefusedAndNeverComputed() {
    for (String number :
        List.of(
            "1e999999999", "1E+400", "-0", "9".repeat(100_000), "1e-999999999", "-1e99999999999")) {
      Cost.bounded(
          number,
          () ->
              check(
                  EventForm.PLAIN,
                  ("{\"topic\":\"a\",\"data\":" + number + "}").getBytes(StandardCharsets.UTF_8)));
    }
  }
}
