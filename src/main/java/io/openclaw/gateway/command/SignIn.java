package io.openclaw.gateway.command;

import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.protocol.ErrorCode;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.Authenticated;
import io.openclaw.gateway.security.AuthenticationResult;
import io.openclaw.gateway.security.Authenticator;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.security.Identity;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.SubscriptionJudge;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Signs a session in, or renews its token: afterwards each of its subscriptions is checked again,
 * and the ones that are not granted any more end. May wait for a key set to be fetched, within the
 * bounds of {@link Authenticator}.
 */
@ApplicationScoped
public class SignIn implements SubscriptionJudge {
  private final Authenticator authenticator;
  private final CurrentPolicy policy;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected SignIn() {
    this(null, null);
  }

  @Inject
  public SignIn(Authenticator authenticator, CurrentPolicy policy) {
    this.authenticator = authenticator;
    this.policy = policy;
  }

  void signIn(ClientSession session, ClientCommand.Auth command) {
    AuthenticationResult result = authenticator.authenticate(command.token());
    if (result instanceof AuthenticationResult.Authenticated authenticated) {
      Identity identity = authenticated.identity();
      session.identity(identity);
      session.send(ok(command, identity));
      session.recheck(this);
    } else if (result instanceof AuthenticationResult.Refused refused) {
      throw new CommandException(
          refused.retry() ? ErrorCode.UNAVAILABLE : ErrorCode.UNAUTHORIZED, refused.reason());
    }
  }

  private static ServerMessage ok(ClientCommand.Auth command, Identity identity) {
    Long expires = identity.expiresAt() == null ? null : identity.expiresAt().toEpochMilli();
    return new ServerMessage.Ok(command.id(), identity.user(), expires);
  }

  @Override
  public Optional<String> objection(Authenticated who, TopicPattern pattern) {
    AccessDecision decision = policy.get().decide(who, Action.SUBSCRIBE, pattern);
    return decision instanceof AccessDecision.Refused refused
        ? Optional.of(refused.message())
        : Optional.empty();
  }
}
