package io.openclaw.gateway.command;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.HistoryPage;
import io.openclaw.gateway.log.HistoryQuery;
import io.openclaw.gateway.log.Snapshot;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Authorized;
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

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ClientCommands() {
    this(null, null, null);
  }

  @Inject
  public ClientCommands(Ingest ingest, TopicLog log, TopicRules rules) {
    this.ingest = ingest;
    this.log = log;
    this.rules = rules;
  }

  /**
   * A subscription of which at least a part is granted, to be handed to the session: which part,
   * and at what rate at most, is decided when the session puts it in place.
   *
   * @throws IllegalArgumentException with words fit for the client, if the filter is none
   */
  @Authorized(value = Action.SUBSCRIBE, narrows = true)
  public SubscribeRequest subscribe(
      Authenticated who, TopicPattern pattern, ClientCommand.Subscribe asked) {
    return new SubscribeRequest(
        asked.id(),
        pattern,
        log.head(),
        asked.since(),
        asked.history(),
        mode(pattern, asked.mode()),
        asked.maxRate(),
        asked.filter() == null ? null : Condition.of(asked.filter()));
  }

  /** A client may ask for the weaker {@code latest}; otherwise it gets what is configured. */
  private TopicMode mode(TopicPattern pattern, @Nullable TopicMode asked) {
    return asked == TopicMode.LATEST ? asked : rules.modeOf(pattern);
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
