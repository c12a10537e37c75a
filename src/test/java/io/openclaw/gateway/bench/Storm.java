package io.openclaw.gateway.bench;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All clients lose their connection and come back at once, each since its position. */
final class Storm implements Scenario.Measurement {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern EPOCH = Pattern.compile("\"epoch\":\"([^\"]+)\"");
  private static final Pattern LIVE = Pattern.compile("\"op\":\"live\"[^}]*\"offset\":(\\d+)");
  private static final String TOPIC = "bench/t0000";
  private static final int MISSED = 20;
  private static final int PAYLOAD_BYTES = 100;

  @Override
  public void run(Rig rig, Report.Column figures, Extent extent) throws Exception {
    int count = extent.stormClients();
    Swarm swarm = rig.swarm();
    List<Client> publisher = swarm.connect(1, i -> Client.Opening.publisher(), LIMIT);
    List<Client> clients = swarm.connect(count, i -> Client.Opening.subscribe(TOPIC), LIMIT);
    String since = since(clients.get(0));
    swarm.closeAll(clients);
    new Publisher(publisher, List.of(TOPIC), PAYLOAD_BYTES).publish(100, DueTime.now(), MISSED);
    Pause.seconds(3);
    long cpuBefore = rig.probe().cpuNanos();
    long began = DueTime.now();
    List<Client> back = swarm.connect(count, i -> Client.Opening.subscribe(since, 0), LIMIT);
    double seconds = (DueTime.now() - began) / 1e9;
    long whole = swarm.call(() -> back.stream().filter(Storm::hasAllMissed).count());
    String what = Text.format("%,d reconnect and subscribe since a position: ", count);
    figures.put(what + "all are live after", Text.format("%.2f s", seconds));
    figures.put(
        what + "have all " + MISSED + " publications they missed", Text.format("%,d", whole));
    figures.put(
        what + "server CPU", Text.format("%.2f s", (rig.probe().cpuNanos() - cpuBefore) / 1e9));
    System.out.println(Text.format("  %,d back in %.2f s, %,d whole", count, seconds, whole));
  }

  /** The command that subscribes since where a client is that has just become live. */
  static String since(Client client) {
    String said = Objects.requireNonNull(client.greeting());
    return Text.format(
        "{\"op\":\"subscribe\",\"id\":1,\"topic\":\"%s\","
            + "\"since\":{\"epoch\":\"%s\",\"offset\":%s}}",
        TOPIC, first(EPOCH, said), first(LIVE, said));
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException(pattern + " is not in " + text);
    }
    return matcher.group(1);
  }

  private static boolean hasAllMissed(Client client) {
    String said = Objects.requireNonNull(client.greeting());
    return said.split("\"op\":\"pub\"", -1).length - 1 == MISSED && !said.contains("\"gap\"");
  }
}
