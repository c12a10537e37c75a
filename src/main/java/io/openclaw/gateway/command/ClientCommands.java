package io.openclaw.gateway.command;

import io.openclaw.gateway.forward.Publisher;
import io.openclaw.gateway.forward.UnansweredException;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.HistoryPage;
import io.openclaw.gateway.log.HistoryQuery;
import io.openclaw.gateway.log.Snapshot;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.presence.Presence;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.protocol.ErrorCode;
import io.openclaw.gateway.request.Requests;
import io.openclaw.gateway.request.ServiceSettings;
import io.openclaw.gateway.request.Services;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Authorized;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.shape.Condition;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may be asked about a topic, over sockets and HTTP alike. Each method names who
 * asks and about what; the interceptor throws {@code AccessDeniedException} before it runs if the
 * policy does not grant it. Thread-safe; never blocks on I/O.
 */
@ApplicationScoped
public class ClientCommands {
  private final Publisher publisher;
  private final Spaces spaces;
  private final TopicRules rules;
  private final Services services;
  private final Requests requests;
  private final Presence presence;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected ClientCommands() {
    this(null, null, null, null, null, null);
  }

  @Inject
  public ClientCommands(
      Publisher publisher,
      Spaces spaces,
      TopicRules rules,
      Services services,
      Requests requests,
      Presence presence) {
    this.publisher = publisher;
    this.spaces = spaces;
    this.rules = rules;
    this.services = services;
    this.requests = requests;
    this.presence = presence;
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
        spaces.of(pattern).log().head(),
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

  /**
   * Publishes; {@code event} is on {@code topic}.
   *
   * @return the result, completed already unless the topic is forwarded; or {@link
   *     UnansweredException}, within a bounded time
   */
  @Authorized(Action.PUBLISH)
  public CompletableFuture<IngestResult> publish(
      Authenticated who, TopicName topic, SourceEvent event) {
    return publisher.publish(who, session(who), topic, event);
  }

  private static String session(Authenticated who) {
    return who instanceof ClientSession session ? session.id() : "";
  }

  /**
   * Asks the service with this name.
   *
   * @param timeoutMillis how long whoever asks will wait; 0: as long as is usual
   * @return the answer or {@link UnansweredException}, within a bounded time
   */
  @Authorized(Action.REQUEST)
  public CompletableFuture<Payload> request(
      Authenticated who, TopicName service, Payload question, int timeoutMillis) {
    Optional<ServiceSettings> found = services.find(service);
    return found.isPresent()
        ? requests.ask(new Requests.Asker(who, session(who)), found.get(), question, timeoutMillis)
        : CompletableFuture.failedFuture(
            new UnansweredException("not_found", "there is no service " + service));
  }

  /**
   * Who is on {@code topic}: to be asked when what was asked before has been carried out.
   *
   * @throws CommandException if nobody keeps that
   */
  @Authorized(Action.PRESENCE)
  public Supplier<Presence.Attendants> presence(Authenticated who, TopicName topic) {
    checkPresence(topic);
    return () -> presence.on(topic);
  }

  /**
   * Sets what a session says of itself on {@code topic}: to be done when what was asked before has
   * been carried out.
   *
   * @throws CommandException if the topic has no presence
   */
  @Authorized(Action.PRESENCE)
  public Supplier<Presence.StateResult> state(
      Authenticated who, TopicName topic, Payload.Json state) {
    checkPresence(topic);
    return () -> presence.state(session(who), topic, state);
  }

  private void checkPresence(TopicName topic) {
    if (!presence.isKept(topic)) {
      throw new CommandException(ErrorCode.UNSUPPORTED, "this topic has no presence");
    }
  }

  /** A page of the past. */
  @Authorized(Action.HISTORY)
  public HistoryPage history(Authenticated who, TopicPattern pattern, HistoryQuery query) {
    return spaces.of(pattern).log().history(query);
  }

  /** Whether there is one order, and one kind of position, for all of {@code patterns}. */
  public boolean areOfOneSpace(List<TopicPattern> patterns) {
    return patterns.stream().map(spaces::of).distinct().count() <= 1;
  }

  /** Does nothing but have it checked that the past of {@code pattern} may be read. */
  @Authorized(Action.HISTORY)
  public void mayReadHistory(Authenticated who, TopicPattern pattern) {
    // The interceptor has answered.
  }

  /** The current values and the position at which they were current. */
  @Authorized(Action.SUBSCRIBE)
  public Snapshot snapshot(Authenticated who, TopicPattern pattern) {
    return spaces.of(pattern).log().snapshot(pattern);
  }
}
