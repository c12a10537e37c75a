package io.openclaw.gateway.wiring;

import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Authenticator;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.DisconnectReason;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.wiring.settings.LiveConfiguration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Puts changed issuers and API keys in force and ends the sessions of those that are gone. It looks
 * at the sessions in several sweeps, because some were let in and not open yet when the change
 * came. <em>Confined to the thread that sweeps.</em>
 */
@ApplicationScoped
public class TrustWatch {
  private static final int LOOKS = 5;

  private final LiveConfiguration configuration;
  private final Authenticator authenticator;
  private final Sessions sessions;
  private final Audit audit;
  private int looksLeft;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected TrustWatch() {
    this(null, null, null, null);
  }

  @Inject
  public TrustWatch(
      LiveConfiguration configuration,
      Authenticator authenticator,
      Sessions sessions,
      Audit audit) {
    this.configuration = configuration;
    this.authenticator = authenticator;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** Called after each sweep of the configuration. */
  public void sweep() {
    if (authenticator.believe(configuration.configuration().trust())) {
      looksLeft = LOOKS;
    }
    if (looksLeft > 0) {
      looksLeft--;
      sessions.all().forEach(this::endIfGone);
    }
  }

  private void endIfGone(ClientSession session) {
    if (!authenticator.vouchFor(session.identity())) {
      audit.write(AuditEvent.REVOKED, session, "reason", "its issuer or API key is gone");
      session.disconnect(DisconnectReason.FORBIDDEN);
    }
  }
}
