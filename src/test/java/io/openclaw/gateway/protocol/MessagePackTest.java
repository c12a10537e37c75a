package io.openclaw.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.Value;

class MessagePackTest {
  private final MessagePackReader reader = new MessagePackReader(10);

  private static Outgoing publication(Payload payload) {
    return Outgoing.of(
        new Publication(7, 1_700, TopicName.of("a/b"), "k", payload, false, null, null));
  }

  private static Value unpack(byte[] packed) throws IOException {
    try (MessageUnpacker in = MessagePack.newDefaultUnpacker(packed)) {
      Value value = in.unpackValue();
      assertEquals(false, in.hasNext());
      return value;
    }
  }

  private static String written(String json) throws IOException {
    byte[] packed = Frame.of(List.of(publication(new Payload.Json(json)))).packed();
    return unpack(packed).toJson();
  }

  @Example
  void writesTheSameFieldsAsJson() throws IOException {
    assertEquals(
        "{\"op\":\"pub\",\"topic\":\"a/b\",\"offset\":7,\"time\":1700,\"key\":\"k\","
            + "\"data\":{\"x\":[1,1.5,true,null,\"é\"]}}",
        written("{\"x\":[1,1.5,true,null,\"é\"]}"));
  }

  @Example
  void writesBinaryDataUntouched() throws IOException {
    byte[] content = {0, -1, 5};
    Value value = unpack(Frame.of(List.of(publication(new Payload.Binary(content)))).packed());
    Value data =
        value.asMapValue().entrySet().stream()
            .filter(field -> field.getKey().asStringValue().asString().equals("data"))
            .findFirst()
            .orElseThrow()
            .getValue();
    assertArrayEquals(content, data.asBinaryValue().asByteArray());
  }

  @Example
  void writesSeveralMessagesAsAnArray() throws IOException {
    Outgoing pong = Outgoing.of(new ServerMessage.Pong(1L, 2));
    assertEquals(
        "[{\"op\":\"pong\",\"id\":1,\"time\":2},{\"op\":\"pong\",\"id\":1,\"time\":2}]",
        unpack(Frame.of(List.of(pong, pong)).packed()).toJson());
  }

  @Example
  void writesNumbersThatNobodyComputesAsTheNearestDouble() throws IOException {
    for (String number :
        List.of("1e99999999999", "1e999999999", "1e-99999999999", "9".repeat(20_000))) {
      byte[] packed = Frame.of(List.of(publication(new Payload.Json(number)))).packed();
      Value data =
          unpack(packed).asMapValue().entrySet().stream()
              .filter(field -> field.getKey().asStringValue().asString().equals("data"))
              .findFirst()
              .orElseThrow()
              .getValue();
      assertEquals(Double.parseDouble(number), data.asFloatValue().toDouble());
    }
  }

  @Example
  void readsACommandWithBytesAsData() throws IOException {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      out.packMapHeader(3);
      out.packString("op").packString("publish");
      out.packString("topic").packString("a");
      out.packString("data").packBinaryHeader(2).writePayload(new byte[] {1, 2});
      ClientCommand.Publish publish =
          assertInstanceOf(ClientCommand.Publish.class, reader.read(out.toByteArray()).get(0));
      assertArrayEquals(
          new byte[] {1, 2}, assertInstanceOf(Payload.Binary.class, publish.payload()).content());
    }
  }

  @Example
  void refusesSizesThatTheFrameDoesNotHave() {
    assertInstanceOf(
        ClientCommand.Invalid.class,
        reader.read(new byte[] {(byte) 0xdf, 0x7f, -1, -1, -1}).get(0));
    assertInstanceOf(
        ClientCommand.Invalid.class,
        reader.read(new byte[] {(byte) 0xdd, 0x7f, -1, -1, -1}).get(0));
    assertInstanceOf(ClientCommand.Invalid.class, reader.read(new byte[0]).get(0));
  }

  @Property(tries = 20_000)
  void neverThrowsAndNeverLetsInvalidJsonThrough(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    byte[] frame = mutated(random);
    for (ClientCommand command : reader.read(frame)) {
      if (command instanceof ClientCommand.Publish publish
          && publish.payload() instanceof Payload.Json json) {
        JsonTree.read(json.text());
      }
    }
  }

  private static byte[] mutated(Random random) throws IOException {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      out.packMapHeader(4);
      out.packString("op").packString("publish");
      out.packString("topic").packString("a");
      out.packString("id").packLong(random.nextLong());
      out.packString("data").packArrayHeader(4);
      out.packDouble(random.nextDouble()).packBoolean(true).packNil();
      out.packMapHeader(1).packString("x\"é").packString("\ud83d\ude00");
      byte[] frame = out.toByteArray();
      for (int i = random.nextInt(4); i > 0; i--) {
        frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
      }
      return random.nextInt(4) == 0
          ? Arrays.copyOf(frame, random.nextInt(frame.length + 5))
          : frame;
    }
  }

  @Example
  void writesWhatAJsonWriterWrites() throws IOException {
    assertTrue(written("\"\\ud800\"").contains("\"op\":\"pub\""));
  }
}
