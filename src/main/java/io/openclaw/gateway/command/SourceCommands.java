package io.openclaw.gateway.command;

import io.openclaw.gateway.fleet.SharedSources;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.Authorized;
import io.openclaw.gateway.source.SourceRegistry.Running;
import io.openclaw.gateway.topic.TopicName;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * What administrators may ask about sources, granted like {@link AdminCommands}: who may subscribe
 * to {@code $sys/sources} may see them, who may publish there may change them. Thread-safe.
 */
@ApplicationScoped
public class SourceCommands {
  /** What stands for the sources in the policy. */
  public static final TopicName SOURCES = TopicName.of("$sys/sources");

  private final SharedSources shared;
  private final Audit audit;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SourceCommands() {
    this(null, null);
  }

  @Inject
  public SourceCommands(SharedSources shared, Audit audit) {
    this.shared = shared;
    this.audit = audit;
  }

  /** The sources of this node, by name. */
  @Authorized(Action.SUBSCRIBE)
  public List<Running> sources(Authenticated who, TopicName about) {
    return shared.all();
  }

  /** The source of that name. */
  @Authorized(Action.SUBSCRIBE)
  public Optional<Running> source(Authenticated who, TopicName about, String name) {
    return shared.find(name);
  }

  /**
   * Pauses a source on all nodes, or lets it go on; see {@link SharedSources#pause}.
   *
   * @return whether this node has one of that name
   * @throws UnsupportedOperationException with words for the operator, if it cannot be paused
   */
  @Authorized(Action.PUBLISH)
  public boolean pause(Authenticated who, TopicName about, String name, boolean paused) {
    audit.write(AuditEvent.ADMINISTERED, who, "asked", paused ? "pause" : "resume", "source", name);
    return shared.pause(name, paused);
  }

  /**
   * Adds a source, or changes one that was added; on all nodes; see {@link SharedSources#put}.
   *
   * @throws IllegalArgumentException with words for the operator, if that cannot be
   */
  @Authorized(Action.PUBLISH)
  public void put(Authenticated who, TopicName about, String name, JsonObject json) {
    audit.write(AuditEvent.ADMINISTERED, who, "asked", "put source", "source", name);
    shared.put(name, json);
  }

  /**
   * Removes a source that was added, on all nodes.
   *
   * @return whether there was one
   * @throws IllegalArgumentException with words for the operator, if it is one of the configuration
   */
  @Authorized(Action.PUBLISH)
  public boolean remove(Authenticated who, TopicName about, String name) {
    audit.write(AuditEvent.ADMINISTERED, who, "asked", "remove source", "source", name);
    return shared.remove(name);
  }
}
