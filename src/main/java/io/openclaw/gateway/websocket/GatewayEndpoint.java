package io.openclaw.gateway.websocket;

import io.openclaw.gateway.command.CommandDispatcher;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.protocol.CommandReader;
import io.openclaw.gateway.protocol.MessagePackReader;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.DisconnectReason;
import io.openclaw.gateway.session.SessionSettings;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.session.Transport;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/**
 * The WebSocket endpoint. One bean serves all connections; what belongs to one is found in its
 * container session. The container calls it for one connection by one thread at a time.
 */
@ApplicationScoped
@ServerEndpoint(
    value = "/ws",
    subprotocols = {WireFormat.JSON_SUBPROTOCOL, WireFormat.MESSAGE_PACK_SUBPROTOCOL},
    configurator = SharedEndpoint.class)
public class GatewayEndpoint {
  private static final Logger LOGGER = System.getLogger(GatewayEndpoint.class.getName());
  private static final String CONNECTION = Connection.class.getName();

  private final Sessions sessions;
  private final CommandDispatcher dispatcher;
  private final SessionSettings settings;
  private final Audit audit;
  private final CommandReader reader;
  private final MessagePackReader packedReader;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected GatewayEndpoint() {
    this(null, null, SessionSettings.DEFAULT, null);
  }

  @Inject
  public GatewayEndpoint(
      Sessions sessions, CommandDispatcher dispatcher, SessionSettings settings, Audit audit) {
    this.sessions = sessions;
    this.dispatcher = dispatcher;
    this.settings = settings;
    this.audit = audit;
    this.reader = new CommandReader(settings.maxBatch());
    this.packedReader = new MessagePackReader(settings.maxBatch());
  }

  @OnOpen
  public void open(Session socket) {
    Transport transport = Transports.of(socket);
    socket.setMaxIdleTimeout(0);
    ClientSession session = sessions.open(transport, Caller.of(socket.getUserPrincipal()));
    audit.write(AuditEvent.CONNECTED, session, "session", session.id());
    socket
        .getUserProperties()
        .put(CONNECTION, new Connection(session, WireFormat.of(socket), settings));
  }

  @OnMessage
  public void text(String part, boolean last, Session socket) {
    Connection connection = connection(socket);
    if (connection.takes(WireFormat.JSON)) {
      String message = connection.parts.add(part, last);
      connection.endIfTooLarge();
      if (message != null) {
        carryOut(connection, reader.read(message));
      }
    }
  }

  @OnMessage
  public void binary(byte[] part, boolean last, Session socket) {
    Connection connection = connection(socket);
    if (connection.takes(WireFormat.MESSAGE_PACK)) {
      byte[] message = connection.parts.add(part, last);
      connection.endIfTooLarge();
      if (message != null) {
        carryOut(connection, packedReader.read(message));
      }
    }
  }

  private void carryOut(Connection connection, List<ClientCommand> commands) {
    dispatcher.dispatch(connection.session, commands);
    if (connection.malformed(commands) >= settings.maxMalformed()) {
      connection.session.disconnect(DisconnectReason.BAD_PROTOCOL);
    }
  }

  @OnMessage
  public void pong(PongMessage pong, Session socket) {
    connection(socket).session.heard();
  }

  /** A thread of the container may remember its last connection for long, but then without ours. */
  @OnClose
  public void closed(Session socket) {
    if (socket.getUserProperties().remove(CONNECTION) instanceof Connection connection) {
      connection.session.connectionClosed();
    }
  }

  @OnError
  public void failed(Session socket, Throwable cause) {
    LOGGER.log(Level.DEBUG, "a connection failed", cause);
  }

  private static Connection connection(Session socket) {
    if (socket.getUserProperties().get(CONNECTION) instanceof Connection connection) {
      return connection;
    }
    throw new IllegalStateException("a connection that was not opened");
  }

  /** What belongs to one connection. Confined to the container's callbacks for it. */
  private static final class Connection {
    final ClientSession session;
    final WireFormat format;
    final MessageParts parts;
    private boolean ended;
    private int malformedInARow;

    Connection(ClientSession session, WireFormat format, SessionSettings settings) {
      this.session = session;
      this.format = format;
      this.parts = new MessageParts(settings.maxMessageBytes());
    }

    /** Whether it speaks this format and has not been ended; ends it if it speaks another. */
    boolean takes(WireFormat spoken) {
      session.heard();
      if (format != spoken) {
        end(DisconnectReason.BAD_PROTOCOL);
      }
      return !ended;
    }

    void endIfTooLarge() {
      if (parts.areTooLarge()) {
        end(DisconnectReason.TOO_LARGE);
      }
    }

    /** What still comes is dropped, however much it is. */
    private void end(DisconnectReason reason) {
      if (!ended) {
        ended = true;
        session.disconnect(reason);
      }
    }

    /** How many frames in a row were not even well formed. */
    int malformed(List<ClientCommand> commands) {
      boolean any =
          commands.stream()
              .anyMatch(
                  command ->
                      command instanceof ClientCommand.Invalid invalid && invalid.malformed());
      malformedInARow = any ? malformedInARow + 1 : 0;
      return malformedInARow;
    }
  }
}
