package io.openclaw.gateway.websocket;

import io.openclaw.gateway.command.Cost;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.protocol.ErrorCode;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.SessionBudget;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.DisconnectReason;
import io.openclaw.gateway.session.SessionSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What belongs to one connection. Confined to the container's callbacks for it. */
final class Connection {
  private final ClientSession session;
  private final WireFormat format;
  private final MessageParts parts;
  private final SessionBudget budget;
  private final Audit audit;
  private final int maxMalformed;
  private boolean ended;
  private int malformedInARow;

  Connection(
      ClientSession session,
      WireFormat format,
      SessionSettings settings,
      SessionBudget budget,
      Audit audit) {
    this.session = session;
    this.format = format;
    this.parts = new MessageParts(settings.maxMessageBytes());
    this.budget = budget;
    this.audit = audit;
    this.maxMalformed = settings.maxMalformed();
  }

  ClientSession session() {
    return session;
  }

  /** Whether it speaks this format and has not been ended; ends it if it speaks another. */
  private boolean takes(WireFormat spoken, boolean last) {
    session.heardPart(last);
    if (format != spoken) {
      end(DisconnectReason.BAD_PROTOCOL);
    }
    return !ended && !session.isEnding();
  }

  /** The message that is complete with this part, or null: more are to come, or none is taken. */
  @Nullable String take(String part, boolean last) {
    if (!takes(WireFormat.JSON, last)) {
      return null;
    }
    String message = parts.add(part, last);
    count(Utf8.length(part));
    return ended ? null : message;
  }

  /** As for text. */
  byte @Nullable [] take(byte[] part, boolean last) {
    if (!takes(WireFormat.MESSAGE_PACK, last)) {
      return null;
    }
    byte[] message = parts.add(part, last);
    count(part.length);
    return ended ? null : message;
  }

  void pong(int bytes) {
    session.heard();
    if (!ended) {
      count(bytes);
    }
  }

  private void count(int bytes) {
    budget.arrived(session.identity(), bytes);
    if (parts.areTooLarge()) {
      end(DisconnectReason.TOO_LARGE);
    } else if (budget.isDone()) {
      end(DisconnectReason.RATE);
    }
  }

  /** The commands of a message, with a refusal in place of each that is over the limits. */
  List<ClientCommand> within(List<ClientCommand> commands) {
    boolean over = budget.messageIsOver();
    if (!over && budget.spendAll(cost(commands))) {
      return commands;
    }
    List<ClientCommand> within =
        commands.stream()
            .map(each -> !over && budget.spend(Cost.of(each)) ? each : refused(each))
            .toList();
    if (budget.isDone()) {
      end(DisconnectReason.RATE);
    }
    return ended ? List.of() : within;
  }

  private static long cost(List<ClientCommand> commands) {
    long cost = 0;
    for (ClientCommand each : commands) {
      cost += Cost.of(each);
    }
    return cost;
  }

  private ClientCommand refused(ClientCommand command) {
    budget.exceed();
    return new ClientCommand.Invalid(
        command.id(), ErrorCode.RATE_LIMITED, "too fast: " + budget.described(), false);
  }

  /** What still comes is dropped, however much it is. */
  private void end(DisconnectReason reason) {
    if (!ended) {
      ended = true;
      session.disconnect(reason);
      if (reason == DisconnectReason.RATE) {
        audit.write(AuditEvent.LIMITED, session, "session", session.id(), "reason", reason.text());
      }
    }
  }

  /** Ends it if too many messages in a row were not even well formed. */
  void judge(List<ClientCommand> commands) {
    malformedInARow = commands.stream().anyMatch(Connection::isMalformed) ? malformedInARow + 1 : 0;
    if (malformedInARow >= maxMalformed) {
      end(DisconnectReason.BAD_PROTOCOL);
    }
  }

  private static boolean isMalformed(ClientCommand command) {
    return command instanceof ClientCommand.Invalid invalid && invalid.malformed();
  }
}
