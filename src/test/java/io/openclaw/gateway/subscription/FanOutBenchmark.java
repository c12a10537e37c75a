package io.openclaw.gateway.subscription;

import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.AccessPolicy;
import io.openclaw.gateway.security.AccessRule;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.security.TopicTemplate;
import io.openclaw.gateway.security.Who;
import io.openclaw.gateway.shape.Condition;
import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** What the subscriptions let through is asked of; in all cases it is everything. */
  public enum Asked {
    /** Nothing. */
    NOTHING,
    /** A filter that all share. */
    FILTER,
    /** A scope, narrowed by a policy of 20 rules that are the same for all. */
    SCOPE_OF_A_ROLE,
    /** A scope of each subscriber's own: all are different users, and the rules speak of that. */
    SCOPE_OF_EACH
  }

  @Param public Asked asked = Asked.NOTHING;

  private final MemoryTopicLog log =
      new MemoryTopicLog("e", LogSettings.DEFAULT, System::currentTimeMillis);
  private final FanOut oneTopic = new FanOut(Space.only(log), new Encodings(), 100);
  private final FanOut manyTopics = new FanOut(Space.only(log), new Encodings(), 100);
  private final List<Draft> one = List.of(draft("one"));
  private final List<Draft> many = new ArrayList<>();
  private AccessPolicy policy = AccessPolicy.NOTHING;
  private long count;

  @Setup
  public void subscribe() {
    policy = new AccessPolicy(rules());
    for (int i = 0; i < SUBSCRIBERS; i++) {
      String topic = "iot/floor" + i % 20 + "/sensor" + i;
      many.add(draft(topic));
      subscribe(oneTopic, "one", i);
      subscribe(manyTopics, topic, i);
    }
  }

  private void subscribe(FanOut fanOut, String topic, int number) {
    @Nullable Condition condition =
        asked == Asked.FILTER ? Condition.of("price > 100 AND symbol = 'AAPL'") : null;
    SubscribeRequest request =
        new SubscribeRequest(
            null, TopicPattern.of(topic), log.head(), null, 0, TopicMode.EVENTS, 0, condition);
    boolean scoped = asked == Asked.SCOPE_OF_A_ROLE || asked == Asked.SCOPE_OF_EACH;
    fanOut.subscribe(
        new Interests(new Counter("s" + number)),
        List.of(scoped ? request.within(scope(number)) : request));
  }

  private TopicScope scope(int number) {
    Identity identity =
        new Identity("user" + number, Set.of("reader"), Map.of("team", "t"), null, null);
    AccessDecision decision =
        policy.decide(new Caller(identity, ""), Action.SUBSCRIBE, TopicPattern.of("#"));
    return ((AccessDecision.Narrowed) decision).scope();
  }

  /** What is asked last is what grants. */
  private List<AccessRule> rules() {
    List<AccessRule> rules = new ArrayList<>();
    for (int i = 0; i < 17; i++) {
      rules.add(
          rule(i % 4 == 0 ? AccessRule.Effect.DENY : AccessRule.Effect.GRANT, "area" + i + "/+/#"));
    }
    if (asked == Asked.SCOPE_OF_EACH) {
      rules.add(rule(AccessRule.Effect.GRANT, "users/{user}/#"));
    }
    rules.add(rule(AccessRule.Effect.GRANT, "iot/+/#"));
    rules.add(rule(AccessRule.Effect.GRANT, "one"));
    return rules;
  }

  private static AccessRule rule(AccessRule.Effect effect, String topic) {
    return new AccessRule(
        effect,
        List.of(new Who.Role("reader")),
        Set.of(Action.SUBSCRIBE),
        List.of(TopicTemplate.of(topic)),
        new AccessRule.Terms(null, effect == AccessRule.Effect.GRANT, 0));
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
    public void restart() {
      throw new IllegalStateException("the log has one life");
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
