package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.outlet.OutletException;
import io.openclaw.gateway.source.DeadLetters;
import io.openclaw.gateway.source.FailurePolicy;
import io.openclaw.gateway.source.FailurePolicy.Then;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Processor;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.support.ProcessorEndpoint;

/**
 * What becomes of an exchange that fails, in routes that do not say so themselves:
 *
 * <ol>
 *   <li>one that can never become a publication is put aside with the reason, or dropped under
 *       {@code skip}; the exchange counts as done, so its consumer acknowledges it;
 *   <li>one that fails for another reason is tried again in its place, after growing pauses, so
 *       often as the policy says, and then treated the same;
 *   <li>under {@code retry} it is tried again for ever, whatever the reason, and so it is while
 *       another node runs the routes, until these end;
 *   <li>if it cannot be put aside, or the routes are being stopped, the exchange fails, and what
 *       then happens is up to its consumer: most deliver again.
 * </ol>
 *
 * Thread-safe.
 */
final class RoutePolicy implements Processor {
  private static final Logger LOG = System.getLogger(RoutePolicy.class.getName());
  private static final String ASIDE = "openclaw-aside:letters";
  private static final String AGAIN = "openclaw.again";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final RouteParts parts;
  private final FailurePolicy policy;
  private final DeadLetters deadLetters;

  RoutePolicy(RouteParts parts, FailurePolicy policy, DeadLetters deadLetters) {
    this.parts = parts;
    this.policy = policy;
    this.deadLetters = deadLetters;
  }

  /** Makes it the policy of all routes of {@code context} that have none of their own. */
  void install(CamelContext context) throws Exception {
    context.addEndpoint(ASIDE, new ProcessorEndpoint(ASIDE, context, this));
    DeadLetterChannelDefinition channel = new DeadLetterChannelDefinition(ASIDE);
    channel.setRedeliveryPolicy(pauses());
    channel.setRetryWhilePredicate(this::isToBeTriedAgain);
    channel.setOnRedeliveryProcessor(this::note);
    channel.setDeadLetterHandleNewException("false");
    context.getCamelContextExtension().setErrorHandlerFactory(channel);
  }

  private static RedeliveryPolicyDefinition pauses() {
    return new RedeliveryPolicyDefinition()
        .maximumRedeliveries(-1)
        .redeliveryDelay(FIRST_PAUSE.toMillis())
        .useExponentialBackOff()
        .backOffMultiplier(2)
        .maximumRedeliveryDelay(LONGEST_PAUSE.toMillis())
        .allowRedeliveryWhileStopping(false)
        .retryAttemptedLogLevel(LoggingLevel.DEBUG)
        .retriesExhaustedLogLevel(LoggingLevel.DEBUG)
        .logStackTrace(false)
        .logExhausted(false)
        .logExhaustedMessageHistory(false)
        .logExhaustedMessageBody(false);
  }

  private boolean isToBeTriedAgain(Exchange exchange) {
    boolean again =
        policy.then() == Then.RETRY
            || !parts.turn().isNow()
            || (!(failure(exchange) instanceof EventRejectedException)
                && attempts(exchange) < policy.maxAttempts());
    exchange.setProperty(AGAIN, again);
    return again;
  }

  private static int attempts(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
  }

  private static Throwable failure(Exchange exchange) {
    Throwable failure =
        exchange.getException() == null
            ? exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class)
            : exchange.getException();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EventRejectedException) {
        return cause;
      }
    }
    return failure == null ? new IllegalStateException("no reason is known") : failure;
  }

  private void note(Exchange exchange) {
    parts.tally().retrying(parts.reasons().apply(failure(exchange)));
  }

  /** Puts one exchange aside, or says that it cannot be. */
  @Override
  public void process(Exchange exchange) throws OutletException {
    Throwable failure = failure(exchange);
    if (exchange.getProperty(AGAIN, false, Boolean.class)) {
      throw new IllegalStateException("the routes are being stopped", failure);
    }
    DeadLetter letter = DeadLetter.of(exchange, failure, parts);
    LOG.log(
        Level.WARNING,
        "{0}: {1} an exchange: {2}",
        parts.source(),
        policy.then() == Then.SKIP ? "dropped" : "puts aside",
        letter.why().reason());
    if (policy.then() == Then.SKIP) {
      parts.tally().skipped();
    } else {
      deadLetters.put(List.of(letter.refused()), DeadLetter::letter);
      parts.tally().putAside();
    }
  }
}
