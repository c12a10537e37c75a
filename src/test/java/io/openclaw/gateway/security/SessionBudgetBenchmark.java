package io.openclaw.gateway.security;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the limits cost each message that comes in. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SessionBudgetBenchmark {
  private static final Rate PLENTY = new Rate(Rate.MAX, Rate.MAX);
  private static final Identity USER = identity("user");
  private static final Identity PUBLISHER = identity("publisher");

  private final SessionBudget budget =
      new SessionBudget(
          new CurrentLimits(
              new Limits(PLENTY, PLENTY, PLENTY, 0, 0), SessionBudgetBenchmark::rules),
          2_000,
          System::nanoTime);
  private static final List<LimitRule> RULES =
      List.of(
          new LimitRule(
              List.of(new Who.Role("publisher")),
              Map.of(Limit.MESSAGES_PER_SECOND, 0L, Limit.BYTES_PER_SECOND, 0L)));

  private static List<LimitRule> rules() {
    return RULES;
  }

  private static Identity identity(String name) {
    return new Identity(name, Set.of(name), Map.of(), null, null);
  }

  @Benchmark
  public boolean aMessageOfAUser() {
    budget.arrived(USER, 100);
    return budget.messageIsOver() || budget.spendAll(2);
  }

  @Benchmark
  public boolean aMessageOfAPublisherWithoutLimits() {
    budget.arrived(PUBLISHER, 100);
    return budget.messageIsOver() || budget.spendAll(2);
  }
}
