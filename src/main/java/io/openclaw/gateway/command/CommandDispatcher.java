package io.openclaw.gateway.command;

import io.openclaw.gateway.forward.UnansweredException;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.HistoryPage;
import io.openclaw.gateway.log.HistoryQuery;
import io.openclaw.gateway.log.Recovery;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.protocol.ErrorCode;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.security.AccessDeniedException;
import io.openclaw.gateway.security.AddressLimits;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.SessionSettings;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.IllegalTopicException;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicLimits;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the commands of one frame in order. Subscriptions that stand next to each other are
 * handed over together, so that what they missed comes in one order. Each command gets its own
 * reply; one that fails does not hinder the next, and one that waits for something outside (a
 * request, a publication that is forwarded) is answered when that is there.
 */
@ApplicationScoped
public class CommandDispatcher {
  private static final Logger LOGGER = System.getLogger(CommandDispatcher.class.getName());

  private final ClientCommands commands;
  private final SignIn signIn;
  private final Spaces spaces;
  private final SessionSettings settings;
  private final Clock clock;
  private final AddressLimits limits;
  private final TopicLimits topics;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected CommandDispatcher() {
    this(null, null, null, null, null, null, null);
  }

  @Inject
  public CommandDispatcher(
      ClientCommands commands,
      SignIn signIn,
      Spaces spaces,
      SessionSettings settings,
      Clock clock,
      AddressLimits limits,
      TopicLimits topics) {
    this.commands = commands;
    this.signIn = signIn;
    this.spaces = spaces;
    this.settings = settings;
    this.clock = clock;
    this.limits = limits;
    this.topics = topics;
  }

  /** Carries out {@code frame}; never throws for anything a client does. */
  public void dispatch(ClientSession session, List<ClientCommand> frame) {
    List<SubscribeRequest> subscribes = new ArrayList<>(0);
    for (ClientCommand command : frame) {
      if (command instanceof ClientCommand.Subscribe subscribe) {
        subscribe(session, subscribe).ifPresent(subscribes::add);
      } else {
        hand(session, subscribes);
        answer(session, command);
      }
    }
    hand(session, subscribes);
  }

  private static void hand(ClientSession session, List<SubscribeRequest> subscribes) {
    if (!subscribes.isEmpty()) {
      session.subscribe(List.copyOf(subscribes));
      subscribes.clear();
    }
  }

  private Optional<SubscribeRequest> subscribe(
      ClientSession session, ClientCommand.Subscribe command) {
    try {
      return Optional.of(granted(session, command));
    } catch (RuntimeException e) {
      session.send(failed(command.id(), e));
      return Optional.empty();
    }
  }

  private SubscribeRequest granted(ClientSession session, ClientCommand.Subscribe command) {
    checkSince(command.since(), command.pattern());
    if (command.history() > 0) {
      commands.mayReadHistory(session, command.pattern());
    }
    try {
      topics.check(command.pattern());
      return inLatest(commands.subscribe(session, command.pattern(), command));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  private static SubscribeRequest inLatest(SubscribeRequest request) {
    if (request.maxRate() > 0 && request.mode() != TopicMode.LATEST) {
      throw new CommandException(
          ErrorCode.BAD_REQUEST, "maxRate needs mode latest: of events none is left out");
    }
    return request;
  }

  private void checkSince(@Nullable Position since, TopicPattern pattern) {
    TopicLog log = spaces.of(pattern).log();
    Position head = log.head();
    if (since != null
        && since.epoch().equals(head.epoch())
        && since.offset() > head.offset()
        && log.recover(since) instanceof Recovery.Gap) {
      throw new CommandException(
          ErrorCode.BAD_REQUEST, "since is ahead of the log, which is at " + head.offset());
    }
  }

  private void answer(ClientSession session, ClientCommand command) {
    try {
      carryOut(session, command);
    } catch (RuntimeException e) {
      session.send(failed(command.id(), e));
    }
  }

  private void carryOut(ClientSession session, ClientCommand command) {
    if (command instanceof ClientCommand.Publish publish) {
      publish(session, publish);
    } else if (command instanceof ClientCommand.Unsubscribe unsubscribe) {
      session.unsubscribe(unsubscribe.id(), unsubscribe.pattern());
    } else if (command instanceof ClientCommand.History history) {
      history(session, history);
    } else if (command instanceof ClientCommand.Request request) {
      request(session, request);
    } else if (command instanceof ClientCommand.Presence presence) {
      PresenceReplies.attendants(
          session, presence, commands.presence(session, checked(presence.topic())));
    } else if (command instanceof ClientCommand.State state) {
      PresenceReplies.state(
          session, state, commands.state(session, checked(state.topic()), state.state()));
    } else if (command instanceof ClientCommand.Ping ping) {
      session.send(new ServerMessage.Pong(ping.id(), clock.millis()));
    } else if (command instanceof ClientCommand.Auth auth) {
      signIn(session, auth);
    } else if (command instanceof ClientCommand.Invalid invalid) {
      throw new CommandException(invalid.code(), invalid.message());
    } else {
      throw new IllegalStateException("subscriptions are handed on together");
    }
  }

  private TopicName checked(TopicName topic) {
    try {
      topics.check(topic);
      return topic;
    } catch (IllegalTopicException e) {
      throw new CommandException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
    }
  }

  /** Credentials from an address that too many bad ones came from are not looked at. */
  private void signIn(ClientSession session, ClientCommand.Auth command) {
    if (limits.signIn(session.address()) > 0) {
      throw new CommandException(
          ErrorCode.RATE_LIMITED, "too many bad tokens from this address: try again later");
    }
    try {
      signIn.signIn(session, command);
    } catch (CommandException e) {
      if (e.code() == ErrorCode.UNAUTHORIZED) {
        limits.signInFailed(session.address());
      }
      throw e;
    }
  }

  private void publish(ClientSession session, ClientCommand.Publish command) {
    SourceEvent event =
        new SourceEvent(
            command.topic().toString(),
            command.key(),
            command.payload(),
            false,
            command.eventId(),
            null,
            command.echo() ? null : session.id());
    reply(
        session,
        command.id(),
        commands.publish(session, command.topic(), event),
        result -> published(command.id(), result));
  }

  private static ServerMessage published(@Nullable Long id, IngestResult result) {
    if (result instanceof IngestResult.Rejected rejected) {
      return new ServerMessage.Failed(id, ErrorCode.ofWire(rejected.code()), rejected.reason());
    }
    Position position = position(result);
    return new ServerMessage.Published(id, position.epoch(), position.offset());
  }

  private void request(ClientSession session, ClientCommand.Request command) {
    reply(
        session,
        command.id(),
        commands.request(
            session, service(command.service()), command.payload(), command.timeoutMillis()),
        answer -> new ServerMessage.Response(command.id(), answer));
  }

  private TopicName service(String name) {
    try {
      TopicName service = TopicName.of(name);
      topics.check(service);
      return service;
    } catch (IllegalTopicException e) {
      throw new CommandException(
          ErrorCode.BAD_REQUEST, "a service has a name like a topic: " + e.getMessage());
    }
  }

  /** Now, if the outcome is there; else when it is, by whoever brings it. */
  private static <T> void reply(
      ClientSession session,
      @Nullable Long id,
      CompletableFuture<T> outcome,
      Function<T, ServerMessage> message) {
    CompletableFuture<T> unused =
        outcome.whenComplete(
            (result, failure) ->
                session.send(failure == null ? message.apply(result) : failed(id, failure)));
  }

  private static Position position(IngestResult result) {
    return result instanceof IngestResult.Published published
        ? published.position()
        : ((IngestResult.Duplicate) result).position();
  }

  private void history(ClientSession session, ClientCommand.History command) {
    checkSince(command.since(), command.pattern());
    HistoryQuery query =
        new HistoryQuery(
            command.pattern(),
            bound(command.since(), command.pattern(), 0),
            bound(command.before(), command.pattern(), Long.MAX_VALUE),
            Math.min(command.limit(), settings.maxHistory()),
            command.reverse());
    HistoryPage page =
        commands
            .history(session, command.pattern(), query)
            .within(settings.outbound().maxBytes() / 2);
    session.send(
        new ServerMessage.HistoryItems(
            command.id(),
            page.position().epoch(),
            page.items(),
            page.more(),
            !spaces.of(command.pattern()).holdsAllOf(command.pattern())));
  }

  /** A position of another epoch bounds nothing: all there is came after it. */
  private long bound(@Nullable Position position, TopicPattern pattern, long none) {
    return position == null || !position.epoch().equals(spaces.of(pattern).log().head().epoch())
        ? none
        : position.offset();
  }

  private static ServerMessage failed(@Nullable Long id, Throwable e) {
    UnansweredException unanswered = UnansweredException.in(e);
    if (unanswered != null) {
      return new ServerMessage.Failed(
          id, ErrorCode.ofWire(unanswered.code()), String.valueOf(unanswered.getMessage()));
    }
    if (e instanceof CommandException command) {
      return new ServerMessage.Failed(id, command.code(), command.clientMessage());
    }
    if (e instanceof AccessDeniedException denied) {
      return new ServerMessage.Failed(
          id, ErrorCode.ofWire(denied.code()), String.valueOf(denied.getMessage()));
    }
    LOGGER.log(Level.ERROR, "a command failed", e);
    return new ServerMessage.Failed(id, ErrorCode.INTERNAL, "the gateway could not do it");
  }
}
