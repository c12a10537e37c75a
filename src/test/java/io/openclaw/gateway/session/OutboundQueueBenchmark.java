package io.openclaw.gateway.session;

import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.subscription.ConflationKey;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What a queue costs for each session: 1,000 queues of one pump are offered the same messages, then
 * all are emptied and the bytes of what they hold are asked for. The score is per queue: {@code
 * messages} offers and one take. See docs/performance.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OutboundQueueBenchmark {
  private static final int QUEUES = 1_000;
  private static final int PUBLICATIONS = 4_096;

  /** Messages that wait when the write before is done. */
  @Param({"1", "10"})
  public int messages = 1;

  private final List<OutboundQueue> queues = new ArrayList<>();
  private final List<Outgoing> publications = new ArrayList<>();
  private final List<ConflationKey> keys = new ArrayList<>();
  private int next;

  @Setup
  public void fill() {
    Runs runs = new Runs();
    for (int i = 0; i < QUEUES; i++) {
      queues.add(new OutboundQueue(OutboundSettings.DEFAULT, runs));
    }
    Payload payload = new Payload.Json("\"" + "x".repeat(98) + "\"");
    for (int i = 0; i < PUBLICATIONS; i++) {
      TopicName topic = TopicName.of("stock/s" + i % 5 + "/price");
      publications.add(
          Outgoing.of(new Publication(i + 1, 0, topic, null, payload, false, null, null)));
      keys.add(new ConflationKey(topic, null));
    }
  }

  private int take() {
    int first = next;
    next = (next + messages) % (PUBLICATIONS - messages);
    return first;
  }

  /** Every message counts: all queues hold the same run, whose frame is put together once. */
  @Benchmark
  @OperationsPerInvocation(QUEUES)
  public void events(Blackhole sink) {
    int first = take();
    for (int i = first; i < first + messages; i++) {
      Outgoing message = publications.get(i);
      for (OutboundQueue queue : queues) {
        queue.offer(message);
      }
    }
    takeAll(sink);
  }

  /** The newest of each of five topics counts; from the sixth message on, older ones go. */
  @Benchmark
  @OperationsPerInvocation(QUEUES)
  public void latest(Blackhole sink) {
    int first = take();
    for (int i = first; i < first + messages; i++) {
      Outgoing message = publications.get(i);
      ConflationKey key = keys.get(i);
      for (OutboundQueue queue : queues) {
        queue.offerLatest(message, key);
      }
    }
    takeAll(sink);
  }

  private void takeAll(Blackhole sink) {
    for (OutboundQueue queue : queues) {
      sink.consume(queue.take().textFrame());
    }
  }

  /** Runs it. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(OutboundQueueBenchmark.class.getSimpleName() + ".*")
                .build())
        .run();
  }
}
