package io.openclaw.gateway.session;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.SingleNode;
import io.openclaw.gateway.command.ClientCommands;
import io.openclaw.gateway.command.CommandDispatcher;
import io.openclaw.gateway.command.CurrentRights;
import io.openclaw.gateway.command.SignIn;
import io.openclaw.gateway.fake.ManualTime;
import io.openclaw.gateway.fake.RecordingTransport;
import io.openclaw.gateway.forward.Publisher;
import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.IngestSettings;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.log.HistoryPage;
import io.openclaw.gateway.log.HistoryQuery;
import io.openclaw.gateway.log.LogSettings;
import io.openclaw.gateway.log.MemoryTopicLog;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.SpaceSettings;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.presence.Presence;
import io.openclaw.gateway.presence.PresenceSettings;
import io.openclaw.gateway.presence.PresenceWriter;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.protocol.CommandReader;
import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.AccessDeniedException;
import io.openclaw.gateway.security.AccessPolicy;
import io.openclaw.gateway.security.AccessRule;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.AddressLimits;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Authenticator;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.CurrentLimits;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.security.JwtIssuer;
import io.openclaw.gateway.security.JwtKeys;
import io.openclaw.gateway.security.JwtSettings;
import io.openclaw.gateway.security.LimitSettings;
import io.openclaw.gateway.security.Limits;
import io.openclaw.gateway.security.RevocationSettings;
import io.openclaw.gateway.security.Revocations;
import io.openclaw.gateway.security.TopicTemplate;
import io.openclaw.gateway.security.Who;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.TopicLimits;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRule;
import io.openclaw.gateway.topic.TopicRules;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Date;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A gateway with one session, on one thread and with time that stands still, for the examples of a
 * document. Everything in it is the real thing but time and the connection; the policy is asked by
 * {@link Commands} where a container would have its interceptor do it.
 */
final class ExampleGateway {
  private static final String SECRET = "a-secret-of-more-than-thirty-two-bytes";
  private static final Pattern TOKEN =
      Pattern.compile("<token of (\\w+)(?:, (\\w+),)? for (\\d+) s>");
  private static final Pattern PUBLISHED =
      Pattern.compile("published (\\S+)(?: key (\\S+))? (bytes )?(.+)");
  private static final Pattern REMOVED = Pattern.compile("removed (\\S+) key (\\S+)");
  private static final Pattern KEEPS = Pattern.compile("the log keeps (\\d+) publications");
  private static final Pattern SPACE = Pattern.compile("the topics (\\S+) are in the space (\\S+)");
  private static final Pattern ANSWERS =
      Pattern.compile("the service (\\S+) (?:answers|(refuses:)) (.+)");
  private static final Pattern PASS = Pattern.compile("(\\d+) s pass");
  private static final Pattern SILENCE =
      Pattern.compile("nothing is heard of the client for (\\d+) s");

  private final ManualTime time = new ManualTime();
  private final RecordingTransport transport = RecordingTransport.immediate();
  private final CommandReader reader = new CommandReader(SessionSettings.DEFAULT.maxBatch());
  private final Ingest ingest;
  private final CommandDispatcher dispatcher;
  private final ClientSession session;
  private final ExampleServices services;
  private final PresenceWriter writer;
  private final Deque<OutboundPump> pumps = new ArrayDeque<>();
  private int shown;

  ExampleGateway(List<String> steps) {
    Spaces spaces = Spaces.of(spaceSettings(steps), space -> log(space, steps));
    CurrentPolicy policy = new CurrentPolicy(policy());
    SessionSettings settings = SessionSettings.DEFAULT;
    ingest = new Ingest(spaces, IngestSettings.DEFAULT);
    TopicRules rules =
        new TopicRules(
            List.of(
                new TopicRule(TopicPattern.of("sensor/#"), TopicMode.LATEST),
                new TopicRule(TopicPattern.of("rooms/#"), TopicMode.EVENTS, true)));
    Presence presence = new Presence("node1", PresenceSettings.DEFAULT, rules, spaces, time);
    writer = new PresenceWriter(presence, new SingleNode(new Node("node1"), System::nanoTime));
    services = new ExampleServices(steps);
    dispatcher =
        new CommandDispatcher(
            new Commands(ingest, spaces, rules, policy, services, presence),
            new SignIn(new Authenticator(jwt(), time), new Audit(time, 100)),
            spaces,
            settings,
            time,
            new AddressLimits(LimitSettings.DEFAULT, System::nanoTime),
            TopicLimits.DEFAULT);
    Rights rights = new CurrentRights(policy, new Revocations(RevocationSettings.DEFAULT, time));
    Sessions sessions =
        new Sessions("node1", settings, spaces, 1, time, () -> "s1", rights, limits());
    sessions.attend(presence);
    sessions.start(this::notStarted);
    session = sessions.open(transport, Caller.UNKNOWN);
    turn();
    shown = steps.get(0).contains("\"op\":\"welcome\"") ? 0 : 1;
  }

  /** The pump runs when it is told to, in the thread of the test. */
  private Thread notStarted(Runnable pump) {
    pumps.add((OutboundPump) pump);
    return new Thread(() -> {});
  }

  private void turn() {
    do {
      writer.step();
    } while (pumps.getFirst().work());
  }

  private MemoryTopicLog log(String space, List<String> steps) {
    String epoch = space.equals(Space.DEFAULT) ? "e1" : "e1-" + space;
    return new MemoryTopicLog(epoch, logSettings(steps), time);
  }

  private static SpaceSettings spaceSettings(List<String> steps) {
    Matcher space = SPACE.matcher(String.join("\n", steps));
    return space.find()
        ? new SpaceSettings(Map.of(space.group(2), List.of(space.group(1))))
        : SpaceSettings.NONE;
  }

  private static CurrentLimits limits() {
    return CurrentLimits.only(Limits.DEFAULT);
  }

  private static LogSettings logSettings(List<String> steps) {
    Matcher keeps = KEEPS.matcher(String.join("\n", steps));
    int count = keeps.find() ? Integer.parseInt(keeps.group(1)) : 1_000;
    return new LogSettings(count, 1 << 20, Duration.ofHours(1), 1_000, 1 << 20);
  }

  private static AccessPolicy policy() {
    return new AccessPolicy(
        List.of(
            grant(
                Who.ANYONE,
                "stock/#",
                "chat/#",
                "sensor/#",
                "rooms/#",
                "+/notice",
                "quotes",
                "weather"),
            new AccessRule(
                AccessRule.Effect.GRANT,
                List.of(Who.ANYONE),
                Set.of(Action.SUBSCRIBE),
                List.of(TopicTemplate.of("ticker/#")),
                new AccessRule.Terms(null, false, 10)),
            grant(Who.ANY_USER, "orders/{user}/#"),
            grant(new Who.Role("auditor"), "audit/#")));
  }

  private static AccessRule grant(Who who, String... topics) {
    return new AccessRule(
        AccessRule.Effect.GRANT,
        List.of(who),
        Set.of(Action.values()),
        Stream.of(topics).map(TopicTemplate::of).toList());
  }

  private static JwtSettings jwt() {
    JwtIssuer unset = JwtIssuer.NOBODY;
    JwtIssuer issuer =
        new JwtIssuer(
            "",
            new JwtKeys.HmacSecret(SECRET),
            Set.of(),
            List.of(),
            Duration.ZERO,
            unset.userClaim(),
            unset.rolesClaims());
    return new JwtSettings(issuer, JwtSettings.DEFAULT.maxTokenChars());
  }

  static JsonObject parse(String message) {
    return RecordingTransport.parse(message).get(0);
  }

  /** A frame from the client. */
  void receive(String frame) {
    session.heard();
    dispatcher.dispatch(session, reader.read(withTokens(frame)));
    turn();
  }

  private String withTokens(String frame) {
    return TOKEN
        .matcher(frame)
        .replaceAll(
            token -> token(token.group(1), token.group(2), Integer.parseInt(token.group(3))));
  }

  private String token(String user, @Nullable String role, int seconds) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .subject(user)
            .claim("roles", role == null ? List.of() : List.of(role))
            .expirationTime(Date.from(time.instant().plusSeconds(seconds)))
            .build();
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
    try {
      token.sign(new MACSigner(SECRET));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return token.serialize();
  }

  void letHappen(String event) {
    Matcher published = PUBLISHED.matcher(event);
    Matcher removed = REMOVED.matcher(event);
    Matcher pass = PASS.matcher(event);
    Matcher silence = SILENCE.matcher(event);
    Matcher answers = ANSWERS.matcher(event);
    if (published.matches()) {
      Payload payload =
          published.group(3) == null
              ? new Payload.Json(published.group(4))
              : new Payload.Binary(HexFormat.of().parseHex(published.group(4)));
      publish(published.group(1), published.group(2), payload, false);
    } else if (removed.matches()) {
      publish(removed.group(1), removed.group(2), Payload.NONE, true);
    } else if (pass.matches()) {
      session.heard();
      time.pass(Duration.ofSeconds(Integer.parseInt(pass.group(1))));
      session.heard();
    } else if (silence.matches()) {
      time.pass(Duration.ofSeconds(Integer.parseInt(silence.group(1))));
    } else if (answers.matches()) {
      services.answer(answers.group(1), answers.group(2) != null, answers.group(3));
    } else if (event.equals("the node restarts")) {
      session.disconnect(DisconnectReason.RESTART);
    } else if (!KEEPS.matcher(event).matches() && !SPACE.matcher(event).matches()) {
      throw new IllegalArgumentException("unknown event: " + event);
    }
    turn();
  }

  private void publish(String topic, @Nullable String key, Payload payload, boolean removed) {
    IngestResult result =
        ingest.publishAndWait(new SourceEvent(topic, key, payload, removed, null, null));
    if (!(result instanceof IngestResult.Published)) {
      throw new IllegalArgumentException(result.toString());
    }
  }

  /** The next message that was sent. */
  JsonObject nextMessage() {
    List<JsonObject> messages = transport.messages();
    if (shown == messages.size()) {
      throw new AssertionError("the gateway says nothing");
    }
    return messages.get(shown++);
  }

  /** What was sent after that. */
  List<JsonObject> otherMessages() {
    return transport.messages().subList(shown, transport.messages().size());
  }

  int closeCode() {
    return transport.closeCode();
  }

  /** Asks the policy itself, as the interceptor does in a container. */
  static final class Commands extends ClientCommands {
    private final CurrentPolicy policy;

    /** Where no topic has presence. */
    Commands(
        Ingest ingest,
        Spaces spaces,
        TopicRules rules,
        CurrentPolicy policy,
        ExampleServices services) {
      this(
          ingest,
          spaces,
          rules,
          policy,
          services,
          new Presence(
              "node1", PresenceSettings.DEFAULT, rules, spaces, System::currentTimeMillis));
    }

    Commands(
        Ingest ingest,
        Spaces spaces,
        TopicRules rules,
        CurrentPolicy policy,
        ExampleServices services,
        Presence presence) {
      super(
          Publisher.straight(ingest),
          spaces,
          rules,
          services.known(),
          services.requests(),
          presence);
      this.policy = policy;
    }

    private void check(Authenticated who, Action action, TopicPattern pattern) {
      AccessDecision decision = policy.decide(who, action, pattern);
      if (decision instanceof AccessDecision.Refused refused) {
        throw new AccessDeniedException(refused);
      }
    }

    @Override
    public SubscribeRequest subscribe(
        Authenticated who, TopicPattern pattern, ClientCommand.Subscribe asked) {
      check(who, Action.SUBSCRIBE, pattern);
      return super.subscribe(who, pattern, asked);
    }

    @Override
    public CompletableFuture<IngestResult> publish(
        Authenticated who, TopicName topic, SourceEvent event) {
      check(who, Action.PUBLISH, TopicPattern.exactly(topic));
      return super.publish(who, topic, event);
    }

    @Override
    public Supplier<Presence.Attendants> presence(Authenticated who, TopicName topic) {
      check(who, Action.PRESENCE, TopicPattern.exactly(topic));
      return super.presence(who, topic);
    }

    @Override
    public Supplier<Presence.StateResult> state(
        Authenticated who, TopicName topic, Payload.Json state) {
      check(who, Action.PRESENCE, TopicPattern.exactly(topic));
      return super.state(who, topic, state);
    }

    @Override
    public CompletableFuture<Payload> request(
        Authenticated who, TopicName service, Payload question, int timeoutMillis) {
      check(who, Action.REQUEST, TopicPattern.exactly(service));
      return super.request(who, service, question, timeoutMillis);
    }

    @Override
    public HistoryPage history(Authenticated who, TopicPattern pattern, HistoryQuery query) {
      check(who, Action.HISTORY, pattern);
      return super.history(who, pattern, query);
    }

    @Override
    public void mayReadHistory(Authenticated who, TopicPattern pattern) {
      check(who, Action.HISTORY, pattern);
    }
  }
}
