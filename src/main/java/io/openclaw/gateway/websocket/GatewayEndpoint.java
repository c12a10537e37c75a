package io.openclaw.gateway.websocket;

import io.openclaw.gateway.command.CommandDispatcher;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.protocol.CommandReader;
import io.openclaw.gateway.protocol.MessagePackReader;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.SessionBudgets;
import io.openclaw.gateway.session.ClientSession;
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
  private final SessionBudgets budgets;
  private final CommandReader reader;
  private final MessagePackReader packedReader;

  /** For the container's proxy only. */
  @SuppressWarnings("NullAway")
  protected GatewayEndpoint() {
    this(null, null, SessionSettings.DEFAULT, null, null);
  }

  @Inject
  public GatewayEndpoint(
      Sessions sessions,
      CommandDispatcher dispatcher,
      SessionSettings settings,
      Audit audit,
      SessionBudgets budgets) {
    this.sessions = sessions;
    this.dispatcher = dispatcher;
    this.settings = settings;
    this.audit = audit;
    this.budgets = budgets;
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
        .put(
            CONNECTION,
            new Connection(session, WireFormat.of(socket), settings, budgets.budget(), audit));
    if (!socket.isOpen()) {
      // Another thread has seen the end of it before there was something to close.
      closed(socket);
    }
  }

  @OnMessage
  public void text(String part, boolean last, Session socket) {
    Connection connection = connection(socket);
    String message = connection.take(part, last);
    if (message != null) {
      carryOut(connection, reader.read(message));
    }
  }

  @OnMessage
  public void binary(byte[] part, boolean last, Session socket) {
    Connection connection = connection(socket);
    byte[] message = connection.take(part, last);
    if (message != null) {
      carryOut(connection, packedReader.read(message));
    }
  }

  private void carryOut(Connection connection, List<ClientCommand> commands) {
    dispatcher.dispatch(connection.session(), connection.within(commands));
    connection.judge(commands);
  }

  @OnMessage
  public void pong(PongMessage pong, Session socket) {
    connection(socket).pong(pong.getApplicationData().remaining());
  }

  /** A thread of the container may remember its last connection for long, but then without ours. */
  @OnClose
  public void closed(Session socket) {
    if (socket.getUserProperties().remove(CONNECTION) instanceof Connection connection) {
      connection.session().connectionClosed();
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
}
