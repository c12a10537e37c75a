package io.openclaw.gateway.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How long it takes to find all subscriptions of one publication among 100,000. The topics are
 * {@code iot/building/floor/sensor/quantity}, 40,000 of them. See docs/performance.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TopicTrieBenchmark {
  private static final int SUBSCRIPTIONS = 100_000;
  private static final int TOPICS_LOOKED_UP = 4_096;

  /** Which patterns the subscriptions have. */
  public enum Patterns {
    /** Topics: 2 or 3 sessions on each. */
    EXACT {
      @Override
      String pattern(Random random) {
        return topic(random);
      }
    },

    /** Every pattern has {@code +} or {@code #}, somewhere but in first place. */
    WILDCARD {
      @Override
      String pattern(Random random) {
        String[] levels = topic(random).split("/");
        return switch (random.nextInt(3)) {
          case 0 -> levels[0] + "/" + levels[1] + "/" + levels[2] + "/+/" + levels[4];
          case 1 -> levels[0] + "/" + levels[1] + "/+/" + levels[3] + "/" + levels[4];
          default -> levels[0] + "/" + levels[1] + "/" + levels[2] + "/" + levels[3] + "/#";
        };
      }
    },

    /** Half of each. */
    MIXED {
      @Override
      String pattern(Random random) {
        return (random.nextBoolean() ? EXACT : WILDCARD).pattern(random);
      }
    };

    abstract String pattern(Random random);

    static String topic(Random random) {
      return "iot/b"
          + random.nextInt(20)
          + "/f"
          + random.nextInt(20)
          + "/s"
          + random.nextInt(50)
          + "/"
          + (random.nextBoolean() ? "temp" : "humidity");
    }
  }

  @Param({"EXACT", "WILDCARD", "MIXED"})
  public Patterns patterns = Patterns.EXACT;

  private final TopicTrie<Integer> trie = new TopicTrie<>();
  private final List<TopicName> topics = new ArrayList<>();
  private int next;

  /** Fills the trie. */
  @Setup
  public void subscribe() {
    Random random = new Random(1);
    for (int i = 0; i < SUBSCRIPTIONS; i++) {
      trie.add(TopicPattern.of(patterns.pattern(random)), i);
    }
    long found = 0;
    for (int i = 0; i < TOPICS_LOOKED_UP; i++) {
      topics.add(TopicName.of(Patterns.topic(random)));
      int[] matches = new int[1];
      trie.forEachMatch(topics.get(i), value -> matches[0]++);
      found += matches[0];
    }
    System.out.println("matches for each topic on average: " + found / (double) TOPICS_LOOKED_UP);
  }

  /** Looks one topic up, another one each time. */
  @Benchmark
  public void findTheSubscriptionsOfOnePublication(Blackhole sink) {
    TopicName topic = topics.get(next);
    next = (next + 1) % TOPICS_LOOKED_UP;
    trie.forEachMatch(topic, sink::consume);
  }

  /** Runs it. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder().include(TopicTrieBenchmark.class.getSimpleName() + ".*").build())
        .run();
  }
}
