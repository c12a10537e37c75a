package io.openclaw.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandReaderTest {
  private final CommandReader reader = new CommandReader(10);

  private ClientCommand one(String frame) {
    List<ClientCommand> commands = reader.read(frame);
    assertEquals(1, commands.size());
    return commands.get(0);
  }

  private ClientCommand.Invalid invalid(String frame) {
    return assertInstanceOf(ClientCommand.Invalid.class, one(frame));
  }

  private String data(String json) {
    ClientCommand.Publish publish =
        (ClientCommand.Publish)
            one("{\"op\":\"publish\",\"topic\":\"a\",\"data\":" + json + ",\"key\":\"k\"}");
    assertEquals("k", publish.key());
    return ((Payload.Json) publish.payload()).text();
  }

  @Test
  void readsAuth() {
    assertEquals(
        new ClientCommand.Auth(1L, "t"), one("{\"op\":\"auth\",\"id\":1,\"token\":\"t\"}"));
  }

  @Test
  void readsSubscribeWithEverything() {
    assertEquals(
        new ClientCommand.Subscribe(
            7L,
            TopicPattern.of("stock/+"),
            new Position("e", 41),
            3,
            TopicMode.LATEST,
            5,
            "price > 1"),
        one(
            "{\"op\":\"subscribe\",\"id\":7,\"topic\":\"stock/+\","
                + "\"since\":{\"epoch\":\"e\",\"offset\":41},\"history\":3,"
                + "\"mode\":\"latest\",\"maxRate\":5,\"filter\":\"price > 1\"}"));
  }

  @Test
  void readsSubscribeWithNothingButATopic() {
    assertEquals(
        new ClientCommand.Subscribe(null, TopicPattern.of("a/#"), null, 0, null, 0, null),
        one("{\"op\":\"subscribe\",\"topic\":\"a/#\"}"));
  }

  @Test
  void readsUnsubscribe() {
    assertEquals(
        new ClientCommand.Unsubscribe(2L, TopicPattern.of("a/+")),
        one("{\"id\":2,\"op\":\"unsubscribe\",\"topic\":\"a/+\"}"));
  }

  @Test
  void readsPublishWithEverything() {
    assertEquals(
        new ClientCommand.Publish(
            3L, TopicName.of("a/b"), new Payload.Json("{\"x\": 1}"), "k", "e-1", false),
        one(
            "{\"op\":\"publish\",\"id\":3,\"topic\":\"a/b\",\"data\":{\"x\": 1},"
                + "\"key\":\"k\",\"eventId\":\"e-1\",\"echo\":false}"));
  }

  @Test
  void publishesBackToThePublisherUnlessToldNotTo() {
    ClientCommand.Publish publish =
        (ClientCommand.Publish) one("{\"op\":\"publish\",\"topic\":\"a\",\"data\":1}");
    assertTrue(publish.echo());
  }

  @Test
  void readsRequest() {
    assertEquals(
        new ClientCommand.Request(4L, "quote", new Payload.Json("[1]"), 500),
        one("{\"op\":\"request\",\"id\":4,\"service\":\"quote\",\"data\":[1],\"timeout\":500}"));
  }

  @Test
  void readsHistory() {
    assertEquals(
        new ClientCommand.History(
            5L, TopicPattern.of("a"), 20, new Position("e", 1), new Position("e", 9), true),
        one(
            "{\"op\":\"history\",\"id\":5,\"topic\":\"a\",\"limit\":20,"
                + "\"since\":{\"epoch\":\"e\",\"offset\":1},"
                + "\"before\":{\"offset\":9,\"epoch\":\"e\"},\"reverse\":true}"));
  }

  @Test
  void asksForAHundredPublicationsOfThePastUnlessToldOtherwise() {
    assertEquals(
        new ClientCommand.History(null, TopicPattern.of("a"), 100, null, null, false),
        one("{\"op\":\"history\",\"topic\":\"a\"}"));
  }

  @Test
  void readsAState() {
    assertEquals(
        new ClientCommand.State(1L, TopicName.of("a"), new Payload.Json("{\"b\":[1]}")),
        one("{\"op\":\"state\",\"id\":1,\"topic\":\"a\",\"data\":{\"b\":[1]}}"));
    assertEquals(
        new ClientCommand.State(null, TopicName.of("a"), Payload.NONE),
        one("{\"op\":\"state\",\"topic\":\"a\",\"data\":null}"));
    assertInstanceOf(
        ClientCommand.Invalid.class, one("{\"op\":\"state\",\"topic\":\"a/+\",\"data\":1}"));
    assertInstanceOf(ClientCommand.Invalid.class, one("{\"op\":\"state\",\"topic\":\"a\"}"));
  }

  @Test
  void readsPresenceAndPing() {
    assertEquals(
        new ClientCommand.Presence(null, TopicName.of("a")),
        one("{\"op\":\"presence\",\"topic\":\"a\"}"));
    assertEquals(new ClientCommand.Ping(-1L), one("{\"op\":\"ping\",\"id\":-1}"));
  }

  @Test
  void takesNullForAnAbsentOption() {
    assertEquals(
        new ClientCommand.Subscribe(null, TopicPattern.of("a"), null, 0, null, 0, null),
        one(
            "{\"op\":\"subscribe\",\"topic\":\"a\",\"since\":null,\"history\":null,"
                + "\"mode\":null,\"maxRate\":null,\"filter\":null}"));
  }

  @Test
  void passesOverFieldsItDoesNotKnow() {
    assertEquals(
        new ClientCommand.Ping(1L),
        one("{\"op\":\"ping\",\"new\":{\"deep\":[{}]},\"id\":1,\"other\":[1,2]}"));
  }

  @Test
  void readsEveryCommandOfABatchInOrder() {
    assertEquals(
        List.of(new ClientCommand.Ping(1L), new ClientCommand.Ping(2L)),
        reader.read(" [ {\"op\":\"ping\",\"id\":1} , {\"op\":\"ping\",\"id\":2} ] "));
  }

  @Test
  void oneBadCommandInABatchLeavesItsNeighboursAlone() {
    List<ClientCommand> commands =
        reader.read(
            "[{\"op\":\"ping\",\"id\":1},{\"op\":\"publish\",\"id\":2,\"topic\":7},"
                + "{\"op\":\"ping\",\"id\":3}]");
    assertEquals(3, commands.size());
    assertEquals(new ClientCommand.Ping(1L), commands.get(0));
    assertEquals(
        new ClientCommand.Invalid(2L, ErrorCode.BAD_REQUEST, "topic is a string", true),
        commands.get(1));
    assertEquals(new ClientCommand.Ping(3L), commands.get(2));
  }

  @Test
  void refusesABatchBeyondItsBoundAsAWhole() {
    String frame = "[" + "{\"op\":\"ping\"},".repeat(10) + "{\"op\":\"ping\"}]";
    assertEquals("a frame has at most 10 commands", invalid(frame).message());
  }

  @Test
  void anEmptyBatchAsksForNothing() {
    assertEquals(List.of(), reader.read("[]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|op is missing; it is a string",
        "{'op':1}|op is a string",
        "{'op':null}|op is missing; it is a string",
        "{'op':'subscribe'}|topic is missing; it is a string",
        "{'op':'subscribe','topic':{}}|topic is a string",
        "{'op':'subscribe','topic':'a','history':-1}|history is an integer, 0 or more",
        "{'op':'subscribe','topic':'a','history':1.5}|history is an integer, 0 or more",
        "{'op':'subscribe','topic':'a','history':'1'}|history is an integer, 0 or more",
        "{'op':'subscribe','topic':'a','history':true}|history is an integer, 0 or more",
        "{'op':'subscribe','topic':'a','mode':'fast'}|mode is events or latest",
        "{'op':'subscribe','topic':'a','mode':1}|mode is a string",
        "{'op':'subscribe','topic':'a','since':1}|since is an object with epoch (a string) and"
            + " offset (an integer, 0 or more)",
        "{'op':'subscribe','topic':'a','since':{'epoch':'e'}}|since is an object with epoch (a"
            + " string) and offset (an integer, 0 or more)",
        "{'op':'subscribe','topic':'a','since':{'epoch':'e','offset':-1}}|since is an object with"
            + " epoch (a string) and offset (an integer, 0 or more)",
        "{'op':'subscribe','topic':'a','since':{'epoch':1,'offset':1}}|since is an object with"
            + " epoch (a string) and offset (an integer, 0 or more)",
        "{'op':'publish','topic':'a'}|data is missing",
        "{'op':'publish','topic':'a','data':1,'echo':'no'}|echo is true or false",
        "{'op':'publish','topic':'a','data':1,'key':5}|key is a string",
        "{'op':'history','topic':'a','limit':0}|limit is an integer, 1 or more",
        "{'op':'auth'}|token is missing; it is a string",
        "{'op':'ping','id':'x'}|id is an integer",
        "{'op':'ping','id':1.5}|id is an integer",
        "{'op':'ping','id':9223372036854775808}|id is an integer",
      })
  void saysWhatIsWrongAndWhatIsAllowed(String frame, String message) {
    ClientCommand.Invalid invalid = invalid(frame.replace('\'', '"'));
    assertEquals(message, invalid.message());
    assertEquals(ErrorCode.BAD_REQUEST, invalid.code());
    assertTrue(invalid.malformed());
  }

  @Test
  void namesTheKnownOpsForAnUnknownOne() {
    ClientCommand.Invalid invalid = invalid("{\"op\":\"fly\",\"id\":8}");
    assertEquals(8L, invalid.id());
    assertEquals(ErrorCode.UNSUPPORTED, invalid.code());
    assertTrue(invalid.message().contains("subscribe"));
    assertFalse(invalid.message().contains("fly"));
  }

  @Test
  void aBrokenTopicIsAMistakeAndNotMalformed() {
    ClientCommand.Invalid invalid = invalid("{\"op\":\"subscribe\",\"id\":1,\"topic\":\"a//b\"}");
    assertEquals("a pattern has no empty level", invalid.message());
    assertFalse(invalid.malformed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "{",
        "[",
        "{\"op\"",
        "{\"op\":",
        "{\"op\":\"ping\"",
        "{\"op\":\"ping\"}}",
        "{\"op\":\"ping\"} x",
        "{\"op\":\"ping\"}{\"op\":\"ping\"}",
        "{\"op\":\"ping\"},",
        "[{\"op\":\"ping\"}],",
        "[{\"op\":\"ping\"},]",
        "[{\"op\":\"ping\"}",
        "{'op':'ping'}",
        "{\"op\":\"ping\",}",
        "{\"op\":\"ping\",\"id\":01}",
        "{\"op\":\"ping\",\"id\":NaN}",
        "{\"op\":\"ping\",\"x\":\"\\x\"}",
        "{\"op\":\"ping\",\"x\":\"\n\"}",
        "\ufeff{\"op\":\"ping\"}"
      })
  void aFrameThatIsNoJsonIsOneInvalidCommand(String frame) {
    ClientCommand.Invalid invalid = invalid(frame);
    assertEquals("the frame is not valid JSON", invalid.message());
    assertNull(invalid.id());
    assertTrue(invalid.malformed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"ping\"", "null", "true"})
  void aFrameIsAnObjectOrAnArray(String frame) {
    assertEquals("a frame is a JSON object or an array of them", invalid(frame).message());
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1]", "[[]]", "[{\"op\":\"ping\"},null]"})
  void anArrayFrameHasNothingButObjects(String frame) {
    assertEquals("an array frame has nothing but JSON objects", invalid(frame).message());
  }

  @Test
  void takesDataUpToTheGreatestDepthAndRefusesDeeperOne() {
    String deep = "[".repeat(63) + "]".repeat(63);
    assertEquals(deep, data(deep));
    String frame = "{\"op\":\"publish\",\"topic\":\"a\",\"data\":[" + deep + "]}";
    assertEquals("at most 64 levels of nesting", invalid(frame).message());
    assertEquals(
        "at most 64 levels of nesting",
        invalid("{\"op\":\"ping\",\"x\":" + "[".repeat(100_000)).message());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{ \"a\" : [ 1 ,\t2 ] }",
        "{\"a\":\"\\u00e9\\n\\\"\"}",
        "[\"ü\",\"日本\",\"😀\"]",
        "[\"\\ud83d\\ude00\",\"\\ud800\"]",
        "{\"a\":{\"epoch\":[{}],\"offset\":{}}}",
        "[1e400,-0,0.10,123456789012345678901234567890]",
        "{\"a\":1,\"a\":2}"
      })
  void keepsTheTextOfObjectsAndArraysAsItWas(String json) {
    assertEquals(json, data(json));
  }

  @Test
  void keepsTheTextOfDataLongerThanTheParsersBuffer() {
    String json = "{\"a\":[" + "{\"text\":\"ü😀 \\u0041\"}, ".repeat(5_000) + "0]}";
    assertEquals(json, data(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "-0", "1.50", "1e400", "1E-7", "1e99999999999", "true", "false", "null"})
  void keepsTheTextOfScalars(String json) {
    assertEquals(json, data(json));
  }

  @Test
  void keepsANumberOfAnyLength() {
    String digits = "7".repeat(50_000);
    assertEquals(digits, data(digits));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "1e-99999999999", "1e2147483647", "1e-2147483647"})
  void aHugeExponentIsNoInteger(String number) {
    assertEquals("id is an integer", invalid("{\"op\":\"ping\",\"id\":" + number + "}").message());
  }

  @Test
  void aNumberOfVeryManyDigitsIsNoInteger() {
    String frame = "{\"op\":\"ping\",\"id\":" + "9".repeat(60_000) + "}";
    assertEquals("id is an integer", invalid(frame).message());
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "-7, -7", "7.0, 7", "70e-1, 7", "7e2, 700"})
  void anIntegerMayBeWrittenInAnyWay(String text, long id) {
    assertEquals(new ClientCommand.Ping(id), one("{\"op\":\"ping\",\"id\":" + text + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"plain\"|\"plain\"",
        "\"a\\\"b\\\\c\"|\"a\\\"b\\\\c\"",
        "\"\\u0000\\n\"|\"\\u0000\\n\"",
        "\"\\u00e9😀\"|\"é😀\"",
        "\"\\ud83d\\ude00\"|\"😀\"",
        "\"\\ud800\"|\"\\ud800\"",
        "\"a\\udc00b\"|\"a\\udc00b\"",
      })
  void dataThatIsAStringIsTheSameString(String given, String kept) {
    assertEquals(kept, data(given));
  }

  @Test
  void theTokenIsNotShown() {
    assertFalse(new ClientCommand.Auth(1L, "secret").toString().contains("secret"));
  }
}
