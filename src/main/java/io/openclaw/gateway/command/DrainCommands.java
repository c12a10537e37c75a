package io.openclaw.gateway.command;

import io.openclaw.gateway.drain.Drain;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Authorized;
import io.openclaw.gateway.topic.TopicName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * What administrators may ask about taking a node out of service, granted like {@link
 * AdminCommands}: who may subscribe to {@code $sys/drain} may see it, who may publish there may do
 * it. Thread-safe; never blocks.
 */
@ApplicationScoped
public class DrainCommands {
  /** What stands for it in the policy. */
  public static final TopicName DRAIN = TopicName.of("$sys/drain");

  private final Drain drain;
  private final Audit audit;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected DrainCommands() {
    this(null, null);
  }

  @Inject
  public DrainCommands(Drain drain, Audit audit) {
    this.drain = drain;
    this.audit = audit;
  }

  /** Where this node stands. */
  @Authorized(Action.SUBSCRIBE)
  public Drain.State state(Authenticated who, TopicName about) {
    return drain.state();
  }

  /** Begins to take this node out of service. */
  @Authorized(Action.PUBLISH)
  public void begin(Authenticated who, TopicName about) {
    audit.write(AuditEvent.ADMINISTERED, who, "asked", "drain");
    drain.begin();
  }

  /**
   * Puts this node back into service.
   *
   * @return false if that is not possible any more: the process ends
   */
  @Authorized(Action.PUBLISH)
  public boolean takeBack(Authenticated who, TopicName about) {
    audit.write(AuditEvent.ADMINISTERED, who, "asked", "take back drain");
    return drain.takeBack();
  }
}
