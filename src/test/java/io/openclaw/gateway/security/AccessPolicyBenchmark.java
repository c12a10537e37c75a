package io.openclaw.gateway.security;

import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.topic.TopicName;
import java.util.ArrayList;
import java.util.EnumSet;
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

/** One decision about a publication, with 40 rules of which each fourth is personal. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AccessPolicyBenchmark {
  private final AccessPolicy policy = new AccessPolicy(rules());
  private final Caller caller =
      new Caller(
          new Identity("ann", Set.of("trader"), Map.of("tenant", "acme"), null, null), "192.0.2.1");
  private final TopicName literal = TopicName.of("area36/b/c");
  private final TopicName personal = TopicName.of("user37/ann/inbox");
  private final TopicName nowhere = TopicName.of("elsewhere/b/c");

  private static List<AccessRule> rules() {
    List<AccessRule> rules = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Effect effect = i % 10 == 9 ? Effect.DENY : Effect.GRANT;
      Who who = i % 3 == 0 ? new Who.Role("trader") : Who.ANYONE;
      String topic = i % 4 == 1 ? "user" + i + "/{user}/#" : "area" + i + "/+/c";
      rules.add(
          new AccessRule(
              effect,
              List.of(who),
              EnumSet.allOf(Action.class),
              List.of(TopicTemplate.of(topic), TopicTemplate.of("other" + i + "/#"))));
    }
    return rules;
  }

  @Benchmark
  public AccessDecision grantedByALiteralRule() {
    return policy.decide(caller, Action.PUBLISH, literal);
  }

  @Benchmark
  public AccessDecision grantedByAPersonalRule() {
    return policy.decide(caller, Action.PUBLISH, personal);
  }

  @Benchmark
  public AccessDecision refused() {
    return policy.decide(caller, Action.PUBLISH, nowhere);
  }
}
