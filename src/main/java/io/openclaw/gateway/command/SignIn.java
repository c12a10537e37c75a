package io.openclaw.gateway.command;

import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.protocol.ErrorCode;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.AuthenticationResult;
import io.openclaw.gateway.security.Authenticator;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.session.ClientSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Signs a session in, or renews its token. From then on the session acts for whoever the token
 * names, wholly and only, be it the same user, another one or one of another issuer: afterwards
 * each of its subscriptions is checked again, and the ones that are not granted any more end. May
 * wait for a key set to be fetched, within the bounds of {@link Authenticator}.
 */
@ApplicationScoped
public class SignIn {
  private final Authenticator authenticator;
  private final Audit audit;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SignIn() {
    this(null, null);
  }

  @Inject
  public SignIn(Authenticator authenticator, Audit audit) {
    this.authenticator = authenticator;
    this.audit = audit;
  }

  void signIn(ClientSession session, ClientCommand.Auth command) {
    AuthenticationResult result = authenticator.authenticate(command.token());
    if (result instanceof AuthenticationResult.Authenticated authenticated) {
      Identity identity = authenticated.identity();
      session.identity(identity);
      audit.write(AuditEvent.SIGNED_IN, session, "session", session.id());
      session.send(ok(command, identity));
      session.recheck();
    } else if (result instanceof AuthenticationResult.Refused refused) {
      audit.write(AuditEvent.REFUSED, session, "session", session.id(), "reason", refused.reason());
      throw new CommandException(
          refused.retry() ? ErrorCode.UNAVAILABLE : ErrorCode.UNAUTHORIZED, refused.reason());
    }
  }

  private static ServerMessage ok(ClientCommand.Auth command, Identity identity) {
    Long expires = identity.expiresAt() == null ? null : identity.expiresAt().toEpochMilli();
    return new ServerMessage.Ok(command.id(), identity.user(), expires);
  }
}
