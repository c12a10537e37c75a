package io.openclaw.gateway.subscription;

import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.shape.Condition;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * From the append to the offer at each subscriber, over a real log; the score is per delivery, of
 * which each invocation makes 1,000. Subscribers do nothing but count. See docs/performance.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FanOutBenchmark {
  private static final int SUBSCRIBERS = 1_000;

  /** Whether the subscriptions have a filter; it lets everything through. */
  public enum Selector {
    NONE,
    SHARED
  }

  @Param({"NONE", "SHARED"})
  public Selector filter = Selector.NONE;

  private final MemoryTopicLog log =
      new MemoryTopicLog("e", LogSettings.DEFAULT, System::currentTimeMillis);
  private final FanOut oneTopic = new FanOut(log, new Encodings(), 100);
  private final FanOut manyTopics = new FanOut(log, new Encodings(), 100);
  private final List<Draft> one = List.of(draft("one"));
  private final List<Draft> many = new ArrayList<>();
  private long count;

  @Setup
  public void subscribe() {
    for (int i = 0; i < SUBSCRIBERS; i++) {
      String topic = "iot/floor" + i % 20 + "/sensor" + i;
      many.add(draft(topic));
      subscribe(oneTopic, "one", i);
      subscribe(manyTopics, topic, i);
    }
  }

  private void subscribe(FanOut fanOut, String topic, int number) {
    @Nullable Condition condition =
        filter == Selector.NONE ? null : Condition.of("price > 100 AND symbol = 'AAPL'");
    SubscribeRequest request =
        new SubscribeRequest(
            null, TopicPattern.of(topic), log.head(), null, 0, TopicMode.EVENTS, 0, condition);
    fanOut.subscribe(new Interests(new Counter("s" + number)), List.of(request));
  }

  private static Draft draft(String topic) {
    String json = "{\"symbol\":\"AAPL\",\"price\":187.25,\"note\":\"" + "x".repeat(56) + "\"}";
    return new Draft(TopicName.of(topic), null, new Payload.Json(json), false, null, null);
  }

  /** One publication for 1,000 subscribers of its topic. */
  @Benchmark
  @OperationsPerInvocation(SUBSCRIBERS)
  public long oneTopicForAll() {
    log.append(one);
    return deliver(oneTopic);
  }

  /** 1,000 publications, each on a topic with one subscriber. */
  @Benchmark
  @OperationsPerInvocation(SUBSCRIBERS)
  public long aTopicForEach() {
    log.append(many);
    return deliver(manyTopics);
  }

  private long deliver(FanOut fanOut) {
    long before = count;
    while (fanOut.advance(0) > 0) {
      // until it is at the head
    }
    if (count - before != SUBSCRIBERS) {
      throw new IllegalStateException((count - before) + " deliveries");
    }
    return count;
  }

  /** Counts the publications that it is offered. */
  private final class Counter implements Subscriber {
    private final String id;

    Counter(String id) {
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public void offer(Outgoing message) {
      count += message.offset() > 0 ? 1 : 0;
    }

    @Override
    public void offerLatest(Outgoing message, ConflationKey key) {
      offer(message);
    }

    @Override
    public boolean hasRoom() {
      return true;
    }
  }

  /** Runs it. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(new OptionsBuilder().include(FanOutBenchmark.class.getSimpleName() + ".*").build())
        .run();
  }
}
