package io.openclaw.gateway.fuzz;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

/** MessagePack frames that are nearly commands. */
public final class HostilePack {
  private static final List<String> TEXTS =
      List.of("publish", "subscribe", "history", "auth", "ping", "a/b", "a/#", "latest", "x > 1");

  private HostilePack() {}

  /** One command, or some. */
  public static byte[] frame(Random random) throws IOException {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
      int commands = random.nextInt(4);
      if (commands > 0) {
        out.packArrayHeader(commands);
      }
      for (int i = Math.max(1, commands); i > 0; i--) {
        command(out, random);
      }
      return mutated(out.toByteArray(), random);
    }
  }

  private static void command(MessageBufferPacker out, Random random) throws IOException {
    int others = random.nextInt(6);
    out.packMapHeader(3 + others);
    out.packString("op").packString(TEXTS.get(random.nextInt(5)));
    out.packString("topic").packString("a");
    out.packString("data");
    value(out, random, 0);
    for (int i = 0; i < others; i++) {
      out.packString(HostileCommand.NAMES.get(random.nextInt(HostileCommand.NAMES.size())));
      value(out, random, 0);
    }
  }

  private static void value(MessageBufferPacker out, Random random, int depth) throws IOException {
    switch (random.nextInt(depth > 6 ? 9 : 13)) {
      case 0 -> out.packString(TEXTS.get(random.nextInt(TEXTS.size())));
      case 1 -> out.packString(HostileText.of(random).replaceAll("[\ud800-\udfff]", ""));
      case 2 -> out.packLong(random.nextLong());
      case 3 -> out.packDouble(random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian());
      case 4 -> out.packNil();
      case 5 -> out.packBoolean(random.nextBoolean());
      case 6 -> out.packBinaryHeader(3).writePayload(new byte[] {-1, 0, 1});
      case 7 -> out.packRawStringHeader(4).writePayload(new byte[] {-1, -64, -128, 'a'});
      case 8 -> out.packExtensionTypeHeader((byte) random.nextInt(), 2).writePayload(new byte[2]);
      case 9 -> array(out, random, depth);
      case 10 -> map(out, random, depth);
      case 11 -> deep(out, random.nextInt(random.nextInt(10) == 0 ? 3_000 : 80));
      default -> out.packString("x".repeat(random.nextInt(500)));
    }
  }

  private static void array(MessageBufferPacker out, Random random, int depth) throws IOException {
    int size = random.nextInt(4);
    out.packArrayHeader(size);
    for (int i = 0; i < size; i++) {
      value(out, random, depth + 1);
    }
  }

  private static void map(MessageBufferPacker out, Random random, int depth) throws IOException {
    int size = random.nextInt(4);
    out.packMapHeader(size);
    for (int i = 0; i < size; i++) {
      out.packString(random.nextBoolean() ? "epoch" : "offset");
      value(out, random, depth + 1);
    }
  }

  private static void deep(MessageBufferPacker out, int levels) throws IOException {
    for (int i = 0; i < levels; i++) {
      out.packArrayHeader(1);
    }
    out.packString("end");
  }

  private static byte[] mutated(byte[] frame, Random random) {
    for (int i = random.nextInt(4); i > 1; i--) {
      frame[random.nextInt(frame.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(6) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length + 5)) : frame;
  }
}
