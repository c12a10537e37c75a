package io.openclaw.gateway.fuzz;

import java.util.List;
import java.util.Random;

/** Text frames that are nearly commands. */
public final class HostileCommand {
  /** The fields of all commands. */
  public static final List<String> NAMES =
      List.of(
          "op", "id", "topic", "data", "key", "eventId", "echo", "since", "before", "history",
          "limit", "mode", "maxRate", "filter", "token", "service", "timeout", "reverse");

  private static final List<String> VALUES =
      List.of(
          "\"publish\"",
          "\"subscribe\"",
          "\"history\"",
          "\"auth\"",
          "\"ping\"",
          "\"request\"",
          "\"unsubscribe\"",
          "\"presence\"",
          "\"state\"",
          "\"a/b\"",
          "\"a/+/#\"",
          "1",
          "0",
          "true",
          "false",
          "{\"epoch\":\"e\",\"offset\":7}",
          "{\"epoch\":\"e\",\"epoch\":\"f\",\"offset\":7}",
          "\"latest\"",
          "\"x > 1\"",
          "[{\"x\":1,\"x\":2}]");
  private static final int OPS = 8;

  private HostileCommand() {}

  /** One frame: an object or an array of them, or nearly. */
  public static String frame(Random random) {
    StringBuilder frame = new StringBuilder();
    String open = "{\"op\":" + VALUES.get(random.nextInt(OPS)) + ",\"topic\":\"a\",";
    for (int i = random.nextInt(4); i >= 0; i--) {
      String object = HostileJson.object(random, NAMES, VALUES);
      boolean likely = random.nextInt(3) > 0 && object.length() > 2;
      frame.append(frame.isEmpty() ? "" : ",").append(likely ? open + object.substring(1) : object);
    }
    String whole = random.nextBoolean() ? "[" + frame + "]" : frame.toString();
    return random.nextInt(3) == 0 ? HostileText.mutated(whole, random) : whole;
  }
}
