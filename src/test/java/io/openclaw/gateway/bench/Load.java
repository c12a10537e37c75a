package io.openclaw.gateway.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Subscribers spread over topics, and publishers; each step begins with all of them connected and
 * the server at rest.
 */
final class Load {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(90);

  /** At rest: less than a tenth of a processor. */
  private static final double REST_SHARE = 0.1;

  private static final int REST_TRIES = 40;

  private final Rig rig;
  private final List<String> topics;
  private final int subscribers;
  private final int connections;
  private final int payloadBytes;
  private List<Client> publishers = List.of();
  private List<Client> receiving = new ArrayList<>();

  Load(Rig rig, int subscribers, int topics, int connections, int payloadBytes) {
    this.rig = rig;
    this.subscribers = subscribers;
    this.topics = IntStream.range(0, topics).mapToObj(i -> Text.format("bench/t%04d", i)).toList();
    this.connections = connections;
    this.payloadBytes = payloadBytes;
  }

  /** Runs a step and prints its line. */
  StepResult step(int perSecond, Duration warmUp, Duration window) throws Exception {
    prepare();
    LoadStep step = new LoadStep(perSecond, subscribers / topics.size(), warmUp, window);
    StepResult result =
        step.run(rig.swarm(), new Publisher(publishers, topics, payloadBytes), rig.probe());
    System.out.println("  " + result);
    return result;
  }

  private void prepare() throws Exception {
    if (!rig.swarm().call(this::isComplete)) {
      rig.swarm().closeAll(receiving);
      rig.swarm().closeAll(publishers);
      receiving =
          rig.swarm()
              .connect(
                  subscribers,
                  i -> Client.Opening.subscribe(topics.get(i % topics.size())),
                  CONNECT_LIMIT);
      publishers = rig.swarm().connect(connections, i -> Client.Opening.publisher(), CONNECT_LIMIT);
    }
    awaitRest();
  }

  private boolean isComplete() {
    return !publishers.isEmpty()
        && publishers.stream().allMatch(Client::isReady)
        && receiving.stream().allMatch(Client::isReady);
  }

  private void awaitRest() {
    long before = rig.probe().cpuNanos();
    for (int i = 0; i < REST_TRIES; i++) {
      Pause.millis(500);
      long now = rig.probe().cpuNanos();
      if (now - before < REST_SHARE * 500_000_000) {
        return;
      }
      before = now;
    }
  }
}
