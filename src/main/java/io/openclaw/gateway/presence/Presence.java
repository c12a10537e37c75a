package io.openclaw.gateway.presence;

import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.protocol.MemberText;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.session.Attendance;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.PresenceTopic;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicRules;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is on a topic:
 *
 * <ol>
 *   <li>a session is a member of a topic while it has a subscription to exactly that topic, and the
 *       topic has presence; patterns with wildcards do not join;
 *   <li>it leaves when it unsubscribes, when it is not granted the topic any more, and a grace
 *       after its connection is gone;
 *   <li>a member is a retained value of the topic's {@link PresenceTopic}, under the session's id:
 *       a join sets it, a leave removes it, as soon as the log takes it;
 *   <li>whoever asks this node sees what the log says, but of the sessions of this node who is
 *       there now.
 * </ol>
 *
 * Thread-safe; never waits for the log.
 */
public final class Presence implements Attendance {
  private static final Logger LOG = System.getLogger(Presence.class.getName());

  private final String node;
  private final PresenceSettings settings;
  private final TopicRules rules;
  private final Spaces spaces;
  private final LongSupplier clockMillis;
  private final Roll roll;
  private final AtomicLong refused = new AtomicLong();
  private volatile Runnable changed = () -> {};

  /**
   * @param node names this node, in the values of its members
   * @param rules say which topics have presence
   * @param clockMillis ms since the Unix epoch
   */
  public Presence(
      String node,
      PresenceSettings settings,
      TopicRules rules,
      Spaces spaces,
      LongSupplier clockMillis) {
    this.node = node;
    this.settings = settings;
    this.rules = rules;
    this.spaces = spaces;
    this.clockMillis = clockMillis;
    this.roll = new Roll(settings.maxMembers());
  }

  Roll roll() {
    return roll;
  }

  Spaces spaces() {
    return spaces;
  }

  String node() {
    return node;
  }

  long now() {
    return clockMillis.getAsLong();
  }

  /** What is run after each change of the roll, by whoever changed it. */
  void onChange(Runnable listener) {
    changed = listener;
  }

  /** The value of a member in the log. */
  Payload.Json value(Place place, Member member) {
    return new Payload.Json(
        MemberText.of(node, place.session(), member.user(), member.sinceMillis(), member.state()));
  }

  /** Whether the topic has presence. */
  public boolean isKept(TopicName topic) {
    return rules.hasPresence(topic) && PresenceTopic.of(topic).isPresent();
  }

  /** Members of this node. */
  public int count() {
    return roll.count();
  }

  /** Subscriptions that did not join, for there were too many members. */
  public long refused() {
    return refused.get();
  }

  @Override
  public void subscribed(String session, Identity identity, TopicPattern pattern) {
    if (!pattern.isExact() || (!rules.hasPresence() && roll.isEmpty())) {
      return;
    }
    TopicName topic = TopicName.of(pattern.toString());
    Place place = new Place(topic, session);
    if (!isKept(topic)) {
      roll.leave(place);
    } else if (!roll.join(place, Member.joining(user(identity), now()))) {
      refuse(topic);
    }
    changed.run();
  }

  private static @Nullable String user(Identity identity) {
    return identity.isAnonymous() ? null : identity.user();
  }

  private void refuse(TopicName topic) {
    if (refused.incrementAndGet() == 1) {
      LOG.log(
          Level.WARNING,
          "Presence: this node has {0} members already; further ones do not join, as on {1}",
          settings.maxMembers(),
          topic);
    }
  }

  @Override
  public void unsubscribed(String session, TopicPattern pattern) {
    if (pattern.isExact() && !roll.isEmpty()) {
      roll.leave(new Place(TopicName.of(pattern.toString()), session));
      changed.run();
    }
  }

  @Override
  public void gone(String session) {
    if (!roll.isEmpty()) {
      roll.leaveAt(session, now() + settings.grace().toMillis());
      changed.run();
    }
  }

  /**
   * Who is on a topic.
   *
   * @param count how many sessions
   * @param members what {@link MemberText} makes of each, not all if there are very many
   */
  public record Attendants(int count, List<String> members) {
    /** Copies. */
    public Attendants {
      members = List.copyOf(members);
    }
  }

  /** Who is on {@code topic} now; nobody if it has no presence. */
  public Attendants on(TopicName topic) {
    Map<String, String> members = new LinkedHashMap<>();
    Map<String, Member> here = roll.on(topic);
    for (Publication value : values(topic)) {
      String session = value.key();
      if (session != null && value.payload() instanceof Payload.Json json) {
        if (here.containsKey(session) || !isOfThisNode(json)) {
          members.put(session, json.text());
        }
      }
    }
    here.forEach(
        (session, member) ->
            members.computeIfAbsent(
                session, absent -> value(new Place(topic, session), member).text()));
    return new Attendants(
        members.size(), members.values().stream().limit(settings.maxListed()).toList());
  }

  private List<Publication> values(TopicName topic) {
    return PresenceTopic.of(topic)
        .map(
            presence -> spaces.of(presence).log().snapshot(TopicPattern.exactly(presence)).values())
        .orElse(List.of());
  }

  private boolean isOfThisNode(Payload.Json value) {
    return MemberText.nodeOf(value.text()).equals(Optional.of(node));
  }

  /** What becomes of a state. */
  public enum StateResult {
    /** It is on its way. */
    SET,
    /** The session is not on that topic. */
    NOT_A_MEMBER,
    /** It is larger than allowed. */
    TOO_LARGE,
    /** The last one is too recent. */
    TOO_FAST
  }

  /**
   * Sets what a session says of itself on a topic.
   *
   * @param state JSON; {@code null} takes it back
   */
  public StateResult state(String session, TopicName topic, Payload.Json state) {
    if (state.bytes() > settings.maxStateBytes()) {
      return StateResult.TOO_LARGE;
    }
    Place place = new Place(topic, session);
    Member member = roll.find(place);
    if (member == null) {
      return StateResult.NOT_A_MEMBER;
    }
    long now = now();
    if (now - member.stateMillis() < settings.stateInterval().toMillis()) {
      return StateResult.TOO_FAST;
    }
    boolean none = state.equals(Payload.NONE);
    roll.change(place, member.with(none ? null : state.text(), now));
    changed.run();
    return StateResult.SET;
  }
}
