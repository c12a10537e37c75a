package io.openclaw.gateway.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.security.AccessRule.Effect;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AuthorizationInterceptorTest {
  private static final Caller ANN = new Caller(AccessPolicyTest.user("ann", Map.of()), "192.0.2.1");
  private static final TopicName TOPIC = TopicName.of("a");

  private final CurrentPolicy policy = new CurrentPolicy(AccessPolicy.NOTHING);
  private final AuthorizationInterceptor interceptor =
      new AuthorizationInterceptor(policy, new Audit(Clock.systemUTC(), 100));

  /** What is intercepted. */
  @SuppressWarnings("unused") // called by reflection, and only looked at
  private static final class Commands {
    @Authorized(Action.PUBLISH)
    void publish(Authenticated who, String text, TopicName topic) {}

    @Authorized(Action.SUBSCRIBE)
    void subscribe(Authenticated who, TopicPattern pattern) {}

    @Authorized(Action.SUBSCRIBE)
    void withoutCaller(TopicPattern pattern) {}

    @Authorized(Action.SUBSCRIBE)
    void withoutTopic(Authenticated who) {}

    void unprotected(Authenticated who, TopicName topic) {}
  }

  private void grant(Action action) {
    AccessRule rule =
        new AccessRule(
            Effect.GRANT,
            List.of(Who.ANY_USER),
            EnumSet.of(action),
            List.of(TopicTemplate.of("a")));
    policy.replace(new AccessPolicy(List.of(rule)));
  }

  private Call call(String method, Object... parameters) {
    Method found =
        Arrays.stream(Commands.class.getDeclaredMethods())
            .filter(each -> each.getName().equals(method))
            .findFirst()
            .orElseThrow();
    return new Call(found, parameters);
  }

  @Test
  void aGrantedMethodRuns() throws Exception {
    grant(Action.PUBLISH);
    Call call = call("publish", ANN, "text", TOPIC);
    assertEquals("ran", interceptor.authorize(call));
    assertTrue(call.ran);
  }

  @Test
  void aRefusedMethodDoesNotRun() {
    Call call = call("publish", ANN, "text", TOPIC);
    AccessDeniedException refused =
        assertThrows(AccessDeniedException.class, () -> interceptor.authorize(call));
    assertEquals("forbidden", refused.code());
    assertEquals("publishing to a is not granted to you", refused.getMessage());
    assertFalse(call.ran);
  }

  @Test
  void theActionOfTheMethodIsAskedAbout() {
    grant(Action.SUBSCRIBE);
    Call publish = call("publish", ANN, "text", TOPIC);
    assertThrows(AccessDeniedException.class, () -> interceptor.authorize(publish));
  }

  @Test
  void aCallerAndAPatternAreFoundAsParameters() throws Exception {
    grant(Action.SUBSCRIBE);
    interceptor.authorize(call("subscribe", ANN, TopicPattern.of("a")));
    Call wider = call("subscribe", ANN, TopicPattern.of("#"));
    assertThrows(AccessDeniedException.class, () -> interceptor.authorize(wider));
  }

  @Test
  void whoDidNotSignInIsToldSo() {
    grant(Action.SUBSCRIBE);
    Call call = call("subscribe", Caller.UNKNOWN, TopicPattern.of("a"));
    AccessDeniedException refused =
        assertThrows(AccessDeniedException.class, () -> interceptor.authorize(call));
    assertEquals("unauthorized", refused.code());
  }

  @Test
  void aNewPolicyCountsAtTheNextCall() throws Exception {
    grant(Action.SUBSCRIBE);
    interceptor.authorize(call("subscribe", ANN, TopicPattern.of("a")));
    policy.replace(AccessPolicy.NOTHING);
    Call again = call("subscribe", ANN, TopicPattern.of("a"));
    assertThrows(AccessDeniedException.class, () -> interceptor.authorize(again));
  }

  @Test
  void aMethodWithoutCallerOrTopicDoesNotRun() {
    for (Call call :
        List.of(
            call("withoutCaller", TopicPattern.of("a")),
            call("withoutTopic", ANN),
            call("unprotected", ANN, TOPIC))) {
      assertThrows(IllegalStateException.class, () -> interceptor.authorize(call));
      assertFalse(call.ran);
    }
  }

  /** A call as the container hands it over. */
  private static final class Call implements InvocationContext {
    private final Method method;
    private final Object[] parameters;
    private boolean ran;

    Call(Method method, Object... parameters) {
      this.method = method;
      this.parameters = parameters;
    }

    @Override
    public Object getTarget() {
      return this;
    }

    @Override
    public @Nullable Object getTimer() {
      return null;
    }

    @Override
    public Method getMethod() {
      return method;
    }

    @Override
    public @Nullable Constructor<?> getConstructor() {
      return null;
    }

    @Override
    public Object[] getParameters() {
      return parameters;
    }

    @Override
    public void setParameters(Object[] changed) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, Object> getContextData() {
      return Map.of();
    }

    @Override
    public Object proceed() {
      ran = true;
      return "ran";
    }
  }
}
