package io.openclaw.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.topic.Payload;
import jakarta.json.stream.JsonParser;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever arrives, the reader answers with commands, and what it lets through is valid JSON. */
class CommandReaderFuzzTest {
  private static final List<String> FRAMES =
      List.of(
          "{\"op\":\"publish\",\"id\":1,\"topic\":\"a/b\",\"data\":{\"x\":[1,2.5e3,\"\\u00e9\"]}}",
          "{\"op\":\"publish\",\"topic\":\"a\",\"data\":\"te\\\"xt \ud83d\ude00\",\"key\":\"k\"}",
          "{\"op\":\"publish\",\"topic\":\"a\",\"data\":-12.75e+10,\"echo\":false}",
          "[{\"op\":\"ping\",\"id\":2},{\"op\":\"publish\",\"topic\":\"x\",\"data\":[[],{},null]}]",
          "{\"op\":\"subscribe\",\"id\":3,\"topic\":\"a/+/#\",\"since\":{\"epoch\":\"e\","
              + "\"offset\":17},\"history\":5,\"mode\":\"latest\"}",
          "{\"op\":\"request\",\"service\":\"s\",\"data\":{\"deep\":[[[[[[true]]]]]]}}",
          "{\"op\":\"history\",\"topic\":\"a\",\"limit\":10,\"before\":{\"epoch\":\"e\","
              + "\"offset\":4},\"reverse\":true}");
  private static final String ALPHABET =
      "{}[]\",:\\ \n\t\u00000123456789.eE+-untrfalsd/#$üé\ud83d\ude00\uffff";

  private final CommandReader reader = new CommandReader(100);

  @Property(tries = 20_000)
  void neverThrowsAndNeverLetsInvalidJsonThrough(@ForAll long seed) {
    Random random = new Random(seed);
    String frame = mutate(FRAMES.get(random.nextInt(FRAMES.size())), random);
    for (ClientCommand command : reader.read(frame)) {
      check(command, frame);
    }
  }

  private static String mutate(String frame, Random random) {
    StringBuilder text = new StringBuilder(frame);
    for (int i = random.nextInt(4); i >= 0 && text.length() > 0; i--) {
      int at = random.nextInt(text.length());
      char other = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
      switch (random.nextInt(5)) {
        case 0 -> text.setCharAt(at, other);
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, other);
        case 3 -> text.insert(at, text.substring(at, at + random.nextInt(text.length() - at)));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  private static void check(ClientCommand command, String frame) {
    if (command instanceof ClientCommand.Publish publish) {
      assertTrue(isOneJsonValue(((Payload.Json) publish.payload()).text()), frame);
    } else if (command instanceof ClientCommand.Request request) {
      assertTrue(isOneJsonValue(((Payload.Json) request.payload()).text()), frame);
    } else if (command instanceof ClientCommand.Invalid invalid) {
      assertFalse(invalid.message().contains("Exception"), frame);
    }
  }

  /** In an array, because a parser may not take a scalar alone for a text. */
  private static boolean isOneJsonValue(String text) {
    try (JsonParser parser = Json.parser("[" + text + "]")) {
      parser.next();
      return parser.getArray().size() == 1 && !parser.hasNext();
    } catch (RuntimeException e) {
      return false;
    }
  }
}
