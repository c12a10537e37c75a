package io.openclaw.gateway.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.JsonStructure;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestBodyTest {
  private static JsonStructure read(String body) {
    return RequestBody.read(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void isAnObjectOrAnArray() {
    assertEquals("{\"a\":1}", read("{\"a\":1}").toString());
    assertEquals("[1]", read("[1]").toString());
    assertEquals("[1]", read(" \r\n\t[1]\r\n\t ").toString());
  }

  static Stream<String> others() {
    return Stream.of(
        "",
        "1",
        "{",
        "{\"a\":1e99999999999}",
        "{\"a\":" + "9".repeat(2_000) + "}",
        "[".repeat(5_000) + "]".repeat(5_000),
        "{}{}",
        "{}\n[]",
        "[1]]",
        "{\"a\":1},",
        "{\"a\":1} x",
        "[1]\u0000",
        "[1] 2");
  }

  @ParameterizedTest
  @MethodSource("others")
  void isNothingElse(String body) {
    ProblemException refused = assertThrows(ProblemException.class, () -> read(body));
    assertEquals(400, refused.problem().status());
  }
}
