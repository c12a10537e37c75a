package io.openclaw.gateway.source;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.NoSuchElementException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
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

  /** Texts that are nearly JSON: a parser must say the same of each. */
  @Property(tries = 20_000)
  boolean saysWhatAParserSays(@ForAll("nearlyJson") String text) {
    return JsonText.isJson(text) == canBeParsed(text);
  }

  @Provide
  Arbitrary<String> nearlyJson() {
    return Arbitraries.of(
            "{", "}", "[", "]", ",", ":", "\"", "\"a\"", "\"a\":", "\\", "\\u00e", "\\n", "\t", " ",
            "true", "null", "fals", "e", "E", "-", "+", "0", "1", "12", ".", "\u0001", "é", "[]",
            "{}")
        .list()
        .ofMaxSize(9)
        .map(parts -> String.join("", parts));
  }

  private static boolean canBeParsed(String text) {
    try (JsonParser parser = Json.createParser(new StringReader(text))) {
      boolean some = false;
      while (parser.hasNext()) {
        parser.next();
        some = true;
      }
      return some;
    } catch (JsonException | NoSuchElementException e) {
      return false;
    }
  }

  @Test
  void isAsDeepAsParsersRead() {
    assertTrue(JsonText.isJson("[".repeat(1_000) + "]".repeat(1_000)));
    assertFalse(JsonText.isJson("[".repeat(1_001) + "]".repeat(1_001)));
  }

  @Test
  void isNoneIfItIsNestedTooDeepForAnyReader() {
    assertFalse(JsonText.isJson("[".repeat(5_000) + "]".repeat(5_000)));
  }
}
