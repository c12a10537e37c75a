package io.openclaw.gateway.command;

import io.openclaw.gateway.presence.Presence.Attendants;
import io.openclaw.gateway.presence.Presence.StateResult;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.protocol.ErrorCode;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.session.ClientSession;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a session asks about presence when what it asked before has been carried out: it
 * sees itself on a topic that it has just subscribed to.
 */
final class PresenceReplies {
  private PresenceReplies() {}

  static void attendants(
      ClientSession session, ClientCommand.Presence asked, Supplier<Attendants> attendants) {
    session.inTurn(
        () -> {
          Attendants found = attendants.get();
          session.send(
              new ServerMessage.Attendants(
                  asked.id(), asked.topic().toString(), found.count(), found.members()));
        });
  }

  static void state(ClientSession session, ClientCommand.State asked, Supplier<StateResult> state) {
    session.inTurn(() -> session.send(reply(asked, state.get())));
  }

  private static ServerMessage reply(ClientCommand.State asked, StateResult result) {
    return switch (result) {
      case SET -> new ServerMessage.Stated(asked.id(), asked.topic().toString());
      case NOT_A_MEMBER ->
          failed(
              asked.id(), ErrorCode.NOT_FOUND, "you are not on it: subscribe to that topic first");
      case TOO_LARGE -> failed(asked.id(), ErrorCode.TOO_LARGE, "the state is too large");
      case TOO_FAST ->
          failed(
              asked.id(), ErrorCode.RATE_LIMITED, "the state has just been set: try again later");
    };
  }

  private static ServerMessage failed(@Nullable Long id, ErrorCode code, String message) {
    return new ServerMessage.Failed(id, code, message);
  }
}
