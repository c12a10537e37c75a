package io.openclaw.gateway.command;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.HistoryPage;
import io.openclaw.gateway.log.HistoryQuery;
import io.openclaw.gateway.log.Snapshot;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.AccessDeniedException;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Authorized;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.shape.Condition;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may be asked about a topic, over sockets and HTTP alike. Each method names who
 * asks and about what; the interceptor throws {@code AccessDeniedException} before it runs if the
 * policy does not grant it. Thread-safe; never blocks on I/O.
 */
@ApplicationScoped
public class ClientCommands {
  private final Ingest ingest;
  private final TopicLog log;
  private final TopicRules rules;
  private final CurrentPolicy policy;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ClientCommands() {
    this(null, null, null, null);
  }

  @Inject
  public ClientCommands(Ingest ingest, TopicLog log, TopicRules rules, CurrentPolicy policy) {
    this.ingest = ingest;
    this.log = log;
    this.rules = rules;
    this.policy = policy;
  }

  /**
   * A granted subscription, to be handed to the session. In mode {@code latest} it gets no more
   * than the rate that the policy bounds it to, whatever was asked for.
   *
   * @throws AccessDeniedException if the policy has just changed and grants it no more
   * @throws IllegalArgumentException with words fit for the client, if the filter is none
   */
  @Authorized(Action.SUBSCRIBE)
  public SubscribeRequest subscribe(
      Authenticated who, TopicPattern pattern, ClientCommand.Subscribe asked) {
    TopicMode mode = mode(pattern, asked.mode());
    return new SubscribeRequest(
        asked.id(),
        pattern,
        log.head(),
        asked.since(),
        asked.history(),
        mode,
        mode == TopicMode.LATEST ? maxRate(who, pattern, asked.maxRate()) : asked.maxRate(),
        asked.filter() == null ? null : Condition.of(asked.filter()));
  }

  /** A client may ask for the weaker {@code latest}; otherwise it gets what is configured. */
  private TopicMode mode(TopicPattern pattern, @Nullable TopicMode asked) {
    return asked == TopicMode.LATEST ? asked : rules.modeOf(pattern);
  }

  private int maxRate(Authenticated who, TopicPattern pattern, int asked) {
    AccessDecision decision = policy.get().decide(who, Action.SUBSCRIBE, pattern);
    if (decision instanceof AccessDecision.Refused refused) {
      throw new AccessDeniedException(refused);
    }
    return ((AccessDecision.Granted) decision).within(asked);
  }

  /** Publishes; {@code event} is on {@code topic}. */
  @Authorized(Action.PUBLISH)
  public IngestResult publish(Authenticated who, TopicName topic, SourceEvent event) {
    return ingest.publish(event);
  }

  /** A page of the past. */
  @Authorized(Action.HISTORY)
  public HistoryPage history(Authenticated who, TopicPattern pattern, HistoryQuery query) {
    return log.history(query);
  }

  /** Does nothing but have it checked that the past of {@code pattern} may be read. */
  @Authorized(Action.HISTORY)
  public void mayReadHistory(Authenticated who, TopicPattern pattern) {
    // The interceptor has answered.
  }

  /** The current values and the position at which they were current. */
  @Authorized(Action.SUBSCRIBE)
  public Snapshot snapshot(Authenticated who, TopicPattern pattern) {
    return log.snapshot(pattern);
  }
}
