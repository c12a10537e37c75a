package io.openclaw.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicationFieldsTest {
  private static PublicationFields fields(Payload payload) {
    return new PublicationFields(
        new Publication(1, 0, TopicName.of("stock/ACME/price"), "k", payload, false, null, null));
  }

  private static PublicationFields fields(String json) {
    return fields(new Payload.Json(json));
  }

  @Test
  void areTheScalarsOfTheData() {
    PublicationFields fields =
        fields("{\"t\":\"text\",\"i\":7,\"d\":1.5,\"e\":1e3,\"y\":true,\"n\":null,\"a\":[1]}");
    assertEquals("text", fields.apply("t"));
    assertEquals(7L, fields.apply("i"));
    assertEquals(1.5, fields.apply("d"));
    assertEquals(1000.0, fields.apply("e"));
    assertEquals(true, fields.apply("y"));
    assertNull(fields.apply("n"));
    assertNull(fields.apply("a"));
    assertNull(fields.apply("absent"));
  }

  @Test
  void areFoundByPathAndByTheirOwnNameFirst() {
    PublicationFields fields = fields("{\"a\":{\"b\":{\"c\":1}},\"a.b\":2}");
    assertEquals(1L, fields.apply("a.b.c"));
    assertEquals(2L, fields.apply("a.b"));
    assertNull(fields.apply("a.x.c"));
  }

  @Test
  void areTopicLevelsAndKey() {
    PublicationFields fields = fields("1");
    assertEquals("stock/ACME/price", fields.apply("$topic"));
    assertEquals("ACME", fields.apply("$2"));
    assertEquals("k", fields.apply("$key"));
    assertNull(fields.apply("$4"));
    assertNull(fields.apply("$0"));
    assertNull(fields.apply("$other"));
  }

  @Test
  void areNoneOfDataThatIsNoObject() {
    assertNull(fields("[1]").apply("a"));
    assertNull(fields(new Payload.Binary(new byte[] {'{'})).apply("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1e99999999999", "1e999999999", "1e-999999999"})
  void numbersThatNobodyComputesDoNotHideTheirNeighbours(String number) {
    assertEquals("x", fields("{\"n\":" + number + ",\"t\":\"x\"}").apply("t"));
    assertEquals(Double.valueOf(number), fields("{\"n\":" + number + ",\"t\":\"x\"}").apply("n"));
  }

  @Test
  void aNumberOfVeryManyDigitsIsTheNearestDouble() {
    String digits = "9".repeat(50_000);
    assertEquals(Double.POSITIVE_INFINITY, fields("{\"n\":" + digits + "}").apply("n"));
  }

  @Test
  void dataNestedTooDeepForAParserHasNoFields() {
    String deep = "{\"t\":\"x\",\"a\":" + "[".repeat(3_000) + "]".repeat(3_000) + "}";
    assertNull(fields(deep).apply("t"));
  }
}
