package io.openclaw.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.fuzz.Cost;
import io.openclaw.gateway.fuzz.HostileCommand;
import io.openclaw.gateway.fuzz.HostilePack;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;

/**
 * Whatever a client sends, in either format: an answer in words for it and nothing thrown, at a
 * bounded cost; and what is let through can be written in both formats. More with {@code
 * -Djqwik.tries.default=1000000}.
 */
class HostileCommandsTest {
  private final CommandReader reader = new CommandReader(20);
  private final MessagePackReader packedReader = new MessagePackReader(20);

  @Property(seed = "20261122")
  void textFramesAreAnsweredWhateverTheyAre(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      String frame = HostileCommand.frame(random);
      for (ClientCommand command : Cost.bounded(frame, () -> reader.read(frame))) {
        check(command, frame);
      }
    }
  }

  @Property(seed = "20261123")
  void packedFramesAreAnsweredWhateverTheyAre(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      byte[] frame = HostilePack.frame(random);
      for (ClientCommand command : Cost.bounded(seed, () -> packedReader.read(frame))) {
        check(command, seed + " " + i);
      }
    }
  }

  private static void check(ClientCommand command, String frame) throws IOException {
    if (command instanceof ClientCommand.Invalid invalid) {
      Cost.assertTellsNothing(invalid.message(), frame);
    } else if (command instanceof ClientCommand.Request request) {
      assertTrue(isOneJsonValue(request.payload()), frame);
    } else if (command instanceof ClientCommand.Publish publish) {
      assertTrue(isOneJsonValue(publish.payload()), frame);
      checkWriting(publish, frame);
    }
  }

  private static boolean isOneJsonValue(Payload payload) {
    if (payload instanceof Payload.Json json) {
      assertFalse(json.isDeeperThan(CommandReader.MAX_DEPTH));
      return JsonTree.read("[" + json.text() + "]") instanceof List<?> list && list.size() == 1;
    }
    return true;
  }

  /** It goes out as it came in, in either format. */
  private static void checkWriting(ClientCommand.Publish publish, String frame) throws IOException {
    Outgoing out =
        Outgoing.of(
            new Publication(
                1, 2, publish.topic(), publish.key(), publish.payload(), false, null, null));
    assertTrue(JsonTree.read(out.json()) instanceof java.util.Map<?, ?>, frame);
    try (MessageUnpacker in = MessagePack.newDefaultUnpacker(out.packed())) {
      assertEquals(
          publish.topic().toString(),
          in.unpackValue().asMapValue().map().entrySet().stream()
              .filter(field -> field.getKey().toString().equals("topic"))
              .findFirst()
              .orElseThrow()
              .getValue()
              .toString());
    }
  }

  private String refusal(String frame) {
    List<ClientCommand> commands = reader.read(frame);
    assertEquals(1, commands.size());
    return assertInstanceOf(ClientCommand.Invalid.class, commands.get(0)).message();
  }

  @Example
  void aFieldThatStandsTwiceIsRefusedWhicheverItIs() {
    for (String field : List.of("op", "topic", "token", "id", "data", "unknown")) {
      String twice = "\"" + field + "\":\"x\",\"" + field + "\":\"ping\"";
      String frame =
          field.equals("op")
              ? "{" + twice + "}"
              : "{\"op\":\"ping\"," + twice.replace("\"x\"", "1");
      assertInstanceOf(
          ClientCommand.Invalid.class,
          reader.read(frame.endsWith("}") ? frame : frame + "}").get(0),
          frame);
    }
    assertEquals(
        "no field stands twice in a command",
        refusal("{\"op\":\"auth\",\"token\":\"good\",\"token\":\"evil\"}"));
    assertEquals(
        "no field stands twice in a command",
        refusal("{\"op\":\"publish\",\"topic\":\"a\",\"data\":1,\"t\\u006fpic\":\"b\"}"));
  }

  @Example
  void aPositionThatSaysAPartTwiceIsNone() {
    for (String position :
        List.of(
            "{\"epoch\":\"e\",\"epoch\":\"f\",\"offset\":1}",
            "{\"epoch\":\"e\",\"offset\":1,\"offset\":2}")) {
      assertTrue(
          refusal("{\"op\":\"subscribe\",\"topic\":\"a\",\"since\":" + position + "}")
              .startsWith("since is an object"));
    }
  }

  @Example
  void aHundredThousandLevelsAreRefusedAtLittleCost() {
    for (String level : List.of("[", "{\"a\":", "[{\"a\":[")) {
      String frame = "{\"op\":\"publish\",\"topic\":\"a\",\"data\":" + level.repeat(100_000);
      assertEquals("at most 64 levels of nesting", Cost.bounded("depth", () -> refusal(frame)));
    }
    assertEquals(
        "an array frame has nothing but JSON objects",
        Cost.bounded("depth", () -> refusal("[".repeat(100_000))));
  }

  @Example
  void numbersOfAnySizeCostNoMoreThanTheirText() {
    for (String number :
        List.of("1e999999999", "-1E+400", "-0", "9".repeat(60_000), "1e-999999999")) {
      String frame = "{\"op\":\"publish\",\"topic\":\"a\",\"data\":[" + number + "]}";
      List<ClientCommand> commands = Cost.bounded(number, () -> reader.read(frame));
      ClientCommand.Publish publish =
          assertInstanceOf(ClientCommand.Publish.class, commands.get(0));
      assertEquals(new Payload.Json("[" + number + "]"), publish.payload());
    }
  }
}
