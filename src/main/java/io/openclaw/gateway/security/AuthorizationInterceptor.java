package io.openclaw.gateway.security;

import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/**
 * Lets an {@link Authorized} method run only if the access policy grants its action to the identity
 * and on the topic found among its parameters (the first of each). A method without them is a fault
 * of ours and does not run.
 */
@Authorized(Action.SUBSCRIBE)
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
public class AuthorizationInterceptor {
  private final CurrentPolicy policy;
  private final Audit audit;

  /**
   * @param policy asked at each call, so that a new policy counts at once
   * @param audit told of refusals
   */
  @Inject
  public AuthorizationInterceptor(CurrentPolicy policy, Audit audit) {
    this.policy = policy;
    this.audit = audit;
  }

  /**
   * @throws AccessDeniedException if the policy refuses
   * @throws IllegalStateException if the method has no identity or no topic
   */
  @AroundInvoke
  public @Nullable Object authorize(InvocationContext call) throws Exception {
    Object[] parameters = call.getParameters();
    Authenticated who = who(parameters);
    Authorized asked = authorized(call);
    TopicPattern topic = topic(parameters);
    AccessDecision decision = policy.decide(who, asked.value(), topic);
    if (decision.granted() || (decision instanceof AccessDecision.Narrowed && asked.narrows())) {
      return call.proceed();
    }
    audit.write(AuditEvent.DENIED, who, "action", asked.value().wire(), "topic", topic.toString());
    throw new AccessDeniedException(refusal(decision, asked.value(), topic));
  }

  private static AccessDecision.Refused refusal(
      AccessDecision decision, Action action, TopicPattern topic) {
    return decision instanceof AccessDecision.Refused refused
        ? refused
        : new AccessDecision.Refused("forbidden", action.of(topic) + " is granted in part only");
  }

  private static Authorized authorized(InvocationContext call) {
    Authorized onMethod = call.getMethod().getAnnotation(Authorized.class);
    Authorized found =
        onMethod != null
            ? onMethod
            : call.getMethod().getDeclaringClass().getAnnotation(Authorized.class);
    if (found == null) {
      throw new IllegalStateException(call.getMethod().getName() + " is not @Authorized");
    }
    return found;
  }

  private static Authenticated who(Object[] parameters) {
    for (Object parameter : parameters) {
      if (parameter instanceof Authenticated authenticated) {
        return authenticated;
      }
    }
    throw new IllegalStateException("an @Authorized method is told who asks");
  }

  private static TopicPattern topic(Object[] parameters) {
    for (Object parameter : parameters) {
      if (parameter instanceof TopicPattern pattern) {
        return pattern;
      }
      if (parameter instanceof TopicName name) {
        return TopicPattern.exactly(name);
      }
    }
    throw new IllegalStateException("an @Authorized method has a topic among its parameters");
  }
}
