package io.openclaw.gateway.source;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"{}", "[1]", "1", "\"x\"", "null", " true ", "1e99999999999"})
  void isOneJsonValue(String text) {
    assertTrue(JsonText.isJson(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "{", "{} {}", "1 2", "{'a':1}", "[1,]"})
  void isNone(String text) {
    assertFalse(JsonText.isJson(text));
  }

  @Test
  void isNoneIfItIsNestedTooDeepForAnyReader() {
    assertFalse(JsonText.isJson("[".repeat(5_000) + "]".repeat(5_000)));
  }
}
