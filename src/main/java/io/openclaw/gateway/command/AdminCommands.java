package io.openclaw.gateway.command;

import io.openclaw.gateway.security.AccessPolicy;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Authorized;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.security.PolicyExplanation;
import io.openclaw.gateway.security.Revocation;
import io.openclaw.gateway.security.Revocations;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.DisconnectReason;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What administrators may ask. Each method stands for an action on one of the gateway's own topics
 * and is granted by the same policy: who may subscribe to {@code $sys/sessions} may see them, who
 * may publish there may end them. Thread-safe.
 */
@ApplicationScoped
public class AdminCommands {
  /** To see sessions, and to end them. */
  public static final TopicName SESSIONS = TopicName.of("$sys/sessions");

  /** To see revocations, and to revoke. */
  public static final TopicName REVOCATIONS = TopicName.of("$sys/revocations");

  /** To see why something is granted or not. */
  public static final TopicName POLICY = TopicName.of("$sys/policy");

  private final Sessions sessions;
  private final Revocations revocations;
  private final CurrentPolicy policy;
  private final Audit audit;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AdminCommands() {
    this(null, null, null, null);
  }

  @Inject
  public AdminCommands(
      Sessions sessions, Revocations revocations, CurrentPolicy policy, Audit audit) {
    this.sessions = sessions;
    this.revocations = revocations;
    this.policy = policy;
    this.audit = audit;
  }

  /**
   * Sessions of this node in the order of their ids.
   *
   * @param user only of this user, or null: of all
   * @param after only with an id behind this one, or null: from the first
   * @param limit at most so many
   */
  @Authorized(Action.SUBSCRIBE)
  public List<ClientSession> sessions(
      Authenticated who,
      TopicName about,
      @Nullable String user,
      @Nullable String after,
      int limit) {
    return sessions.all().stream()
        .filter(session -> user == null || session.identity().user().equals(user))
        .filter(session -> after == null || session.id().compareTo(after) > 0)
        .sorted(Comparator.comparing(ClientSession::id))
        .limit(limit)
        .toList();
  }

  /** The session with this id. */
  @Authorized(Action.SUBSCRIBE)
  public Optional<ClientSession> session(Authenticated who, TopicName about, String id) {
    return sessions.find(id);
  }

  /** How many sessions this node has. */
  @Authorized(Action.SUBSCRIBE)
  public int sessionCount(Authenticated who, TopicName about) {
    return sessions.count();
  }

  /**
   * Ends a session with 4503; it may come back with a token that is good.
   *
   * @return whether there was one with this id
   */
  @Authorized(Action.PUBLISH)
  public boolean disconnect(Authenticated who, TopicName about, String id) {
    Optional<ClientSession> found = sessions.find(id);
    audit.write(AuditEvent.ADMINISTERED, who, "asked", "end session", "session", id);
    found.ifPresent(session -> end(session, "ended by an administrator"));
    return found.isPresent();
  }

  /** The revocations that count. */
  @Authorized(Action.SUBSCRIBE)
  public List<Revocation> revocations(Authenticated who, TopicName about) {
    return revocations.all();
  }

  /**
   * Revokes, and ends every session that it concerns with 4503.
   *
   * @param issuer only of this issuer, or null: of any
   * @return how many sessions were ended; empty if there are too many revocations already
   */
  @Authorized(Action.PUBLISH)
  public Optional<Integer> revoke(
      Authenticated who,
      TopicName about,
      Revocation.Kind kind,
      String value,
      @Nullable String issuer) {
    audit.write(AuditEvent.ADMINISTERED, who, "asked", "revoke " + kind.wire(), "value", value);
    return revocations.revoke(kind, value, issuer).map(revoked -> endRevoked());
  }

  private int endRevoked() {
    int ended = 0;
    for (ClientSession session : sessions.all()) {
      if (revocations.cover(session.identity())) {
        end(session, "revoked");
        ended++;
      }
    }
    return ended;
  }

  private void end(ClientSession session, String reason) {
    audit.write(AuditEvent.REVOKED, session, "session", session.id(), "reason", reason);
    session.disconnect(DisconnectReason.FORBIDDEN);
  }

  /**
   * Why {@code subject} is granted {@code action} on {@code asked} or not.
   *
   * @param proposed what to decide by instead of the policy in force, or null
   */
  @Authorized(Action.SUBSCRIBE)
  public PolicyExplanation explain(
      Authenticated who,
      TopicName about,
      @Nullable AccessPolicy proposed,
      Authenticated subject,
      Action action,
      TopicPattern asked) {
    return PolicyExplanation.of(
        policy, proposed == null ? policy.get() : proposed, subject, action, asked);
  }

  /** What would become of the live subscriptions of this node if {@code proposed} were in force. */
  @Authorized(Action.SUBSCRIBE)
  public PolicyChanges changes(Authenticated who, TopicName about, AccessPolicy proposed) {
    return PolicyChanges.of(sessions.all(), policy, proposed);
  }
}
