package io.openclaw.gateway.command;

import io.openclaw.gateway.fleet.SessionDirectory;
import io.openclaw.gateway.fleet.SessionPage;
import io.openclaw.gateway.fleet.SessionView;
import io.openclaw.gateway.fleet.SharedRevocations;
import io.openclaw.gateway.fleet.TopicDirectory;
import io.openclaw.gateway.security.AccessPolicy;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Authorized;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.security.PolicyExplanation;
import io.openclaw.gateway.security.Revocation;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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

  /** To see what is subscribed to. */
  public static final TopicName TOPICS = TopicName.of("$sys/topics");

  private final Sessions sessions;
  private final Everywhere everywhere;
  private final CurrentPolicy policy;
  private final Audit audit;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected AdminCommands() {
    this(null, null, null, null);
  }

  @Inject
  public AdminCommands(
      Sessions sessions, Everywhere everywhere, CurrentPolicy policy, Audit audit) {
    this.sessions = sessions;
    this.everywhere = everywhere;
    this.policy = policy;
    this.audit = audit;
  }

  /** What is known and done on all nodes. */
  public record Everywhere(
      SessionDirectory sessions, TopicDirectory topics, SharedRevocations revocations) {}

  /** See {@link SessionDirectory#page}. */
  @Authorized(Action.SUBSCRIBE)
  public SessionPage sessions(
      Authenticated who,
      TopicName about,
      @Nullable String user,
      @Nullable String after,
      int limit) {
    return everywhere.sessions().page(user, after, limit);
  }

  /** The session with this id on whatever node, see {@link SessionDirectory#find}. */
  @Authorized(Action.SUBSCRIBE)
  public Optional<SessionView> sessionView(Authenticated who, TopicName about, String id) {
    return everywhere.sessions().find(id);
  }

  /** See {@link TopicDirectory#page}. */
  @Authorized(Action.SUBSCRIBE)
  public TopicDirectory.Page topics(Authenticated who, TopicName about, String after, int limit) {
    return everywhere.topics().page(after, limit);
  }

  /** The session of this node with this id. */
  @Authorized(Action.SUBSCRIBE)
  public Optional<ClientSession> session(Authenticated who, TopicName about, String id) {
    return sessions.find(id);
  }

  /**
   * Ends a session on whatever node with 4503; it may come back with a token that is good.
   *
   * @return whether there was one with this id
   * @throws io.openclaw.gateway.cluster.ClusterException if nobody knows: a node did not answer
   */
  @Authorized(Action.PUBLISH)
  public boolean disconnect(Authenticated who, TopicName about, String id) {
    audit.write(AuditEvent.ADMINISTERED, who, "asked", "end session", "session", id);
    return everywhere.sessions().end(id, "ended by an administrator");
  }

  /** The revocations that count. */
  @Authorized(Action.SUBSCRIBE)
  public List<Revocation> revocations(Authenticated who, TopicName about) {
    return everywhere.revocations().all();
  }

  /**
   * Revokes on all nodes, and ends every session that it concerns with 4503.
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
    return everywhere.revocations().revoke(kind, value, issuer);
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
