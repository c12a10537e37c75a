package io.openclaw.gateway.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What clients that never read cost the others, and the server's heap. */
final class Stuck implements Scenario.Measurement {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String TOPIC = "bench/t0000";
  private static final int PAYLOAD_BYTES = 1_000;
  private static final int PER_SECOND = 40;
  private static final int SMALL_BUFFER_BYTES = 4_096;
  private static final int STUCK_FOR_HEAP = 100;
  private static final int LARGE_PAYLOAD_BYTES = 16_000;
  private static final int LARGE_PER_SECOND = 2_000;
  private static final int PARTS = 5;

  @Override
  public void run(Rig rig, Report.Column figures, Extent extent) throws Exception {
    compareLatency(rig, figures, extent);
    growth(rig, figures, extent.quick() ? 50_000_000 : 200_000_000);
  }

  /** Twice without and with, by turns; the better of each counts, because the machine is shared. */
  private static void compareLatency(Rig rig, Report.Column figures, Extent extent)
      throws Exception {
    List<Client> publisher = rig.swarm().connect(1, i -> Client.Opening.publisher(), LIMIT);
    int stuck = extent.clients() / 100;
    List<Client> healthy =
        rig.swarm().connect(extent.clients() - stuck, i -> Client.Opening.subscribe(TOPIC), LIMIT);
    step(rig, publisher, healthy.size(), extent.firstWarmUp());
    double without = Double.MAX_VALUE;
    double with = Double.MAX_VALUE;
    for (int i = 0; i < 2; i++) {
      without = Math.min(without, step(rig, publisher, healthy.size(), extent.longWindow()));
      List<Client> added = stuck(rig, stuck);
      with = Math.min(with, step(rig, publisher, healthy.size(), extent.longWindow()));
      rig.swarm().closeAll(added);
    }
    figures.put(
        "p99 of 990 healthy clients (1 kB, 40/s each): without stuck ones, beside 10 that never"
            + " read, ratio",
        Text.format("%.1f ms, %.1f ms, %.2f", without, with, with / without));
    rig.swarm().closeAll(healthy);
    rig.swarm().closeAll(publisher);
  }

  /** The p99 in ms. Stuck clients have filled their sockets within the warm-up. */
  private static double step(Rig rig, List<Client> publisher, int receivers, Duration window)
      throws Exception {
    StepResult result =
        new LoadStep(PER_SECOND, receivers, Duration.ofSeconds(6), window)
            .run(rig.swarm(), new Publisher(publisher, List.of(TOPIC), PAYLOAD_BYTES), rig.probe());
    System.out.println("  " + result);
    return result.isComplete() ? result.tally().millis(99) : Double.NaN;
  }

  private static List<Client> stuck(Rig rig, int count) throws Exception {
    Client.Opening opening = Client.Opening.subscribe(subscribe(), SMALL_BUFFER_BYTES);
    List<Client> clients = rig.swarm().connect(count, i -> opening, LIMIT);
    rig.swarm()
        .call(
            () -> {
              clients.forEach(Client::stopReading);
              return null;
            });
    return clients;
  }

  private static String subscribe() {
    return "{\"op\":\"subscribe\",\"id\":1,\"topic\":\"" + TOPIC + "\"}";
  }

  /** The log is full before: what it keeps is not the stuck clients' cost. */
  private static void growth(Rig rig, Report.Column figures, long bytes) throws Exception {
    List<Client> publisher = rig.swarm().connect(1, i -> Client.Opening.publisher(), LIMIT);
    Publisher large = new Publisher(publisher, List.of(TOPIC), LARGE_PAYLOAD_BYTES);
    publish(large, 200_000_000);
    Pause.seconds(1);
    long before = rig.probe().heap().total();
    List<Client> stuck = stuck(rig, STUCK_FOR_HEAP);
    List<Long> during = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      publish(large, bytes / PARTS);
      during.add(rig.probe().heap().total());
    }
    rig.swarm().closeAll(Stream.of(stuck, publisher).flatMap(List::stream).toList());
    Pause.seconds(3);
    long after = rig.probe().heap().total();
    long most = during.stream().mapToLong(Long::longValue).max().orElse(0);
    figures.put(
        Text.format(
            "heap growth with 100 stuck clients while %d MB are published, at most; after",
            bytes / 1_000_000),
        Text.format("%.0f MB; %.0f MB", (most - before) / 1e6, (after - before) / 1e6));
  }

  private static void publish(Publisher publisher, long bytes) throws IOException {
    publisher.publish(LARGE_PER_SECOND, DueTime.now(), bytes / LARGE_PAYLOAD_BYTES);
  }
}
