package io.openclaw.gateway.subscription;

import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.SpaceSettings;
import io.openclaw.gateway.log.Spaces;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** What a pump pays, at each turn, for spaces in which nothing happens. See docs/performance.md. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class FanOutsBenchmark {
  @Param({"1", "4", "16"})
  public int count = 1;

  private FanOuts fanOuts = fanOuts(Map.of());

  @Setup
  public void makeSpaces() {
    Map<String, List<String>> firstLevels = new TreeMap<>();
    for (int i = 1; i < count; i++) {
      firstLevels.put("s" + i, List.of("t" + i));
    }
    fanOuts = fanOuts(firstLevels);
  }

  private static FanOuts fanOuts(Map<String, List<String>> firstLevels) {
    Spaces spaces =
        Spaces.of(
            new SpaceSettings(firstLevels),
            name -> new MemoryTopicLog(name, LogSettings.DEFAULT, System::currentTimeMillis));
    return new FanOuts(spaces, Encodings.of(spaces), 100);
  }

  /** A turn in which there is nothing to do. */
  @Benchmark
  public boolean idleTurn() {
    return fanOuts.advance(0) > 0 | fanOuts.catchUp() | fanOuts.nextDueMicros() == 0;
  }

  /** Runs it. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(new OptionsBuilder().include(FanOutsBenchmark.class.getSimpleName() + ".*").build())
        .run();
  }
}
