package io.openclaw.gateway.websocket;

import io.openclaw.gateway.command.ClientCommands;
import io.openclaw.gateway.command.Cost;
import io.openclaw.gateway.protocol.ClientCommand;
import io.openclaw.gateway.security.AccessDeniedException;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.RequestLimits;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.Sessions;
import io.openclaw.gateway.subscription.SubscribeRequest;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicLimits;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /sse?topic=…}: the same publications as server-sent events, for clients that only
 * listen. {@code topic} may be given several times, all of one space, and may be a pattern; {@code
 * filter} applies to all of them. {@code Last-Event-ID} ({@code epoch:offset}) goes on where a
 * stream broke off. The handshake filter has found out who asks; the policy, the queues and their
 * bounds are those of sockets.
 */
@WebServlet(urlPatterns = "/sse", asyncSupported = true)
public class EventStream extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Sessions sessions;
  @Inject private transient ClientCommands commands;
  @Inject private transient RequestLimits limits;
  @Inject private transient TopicLimits topicLimits;
  @Inject private transient Audit audit;

  /** For the container, which injects the fields. */
  @SuppressWarnings("NullAway.Init")
  public EventStream() {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Caller caller = Caller.of(request.getUserPrincipal());
    long wait = limits.take(caller.identity(), caller.address(), cost(request));
    if (wait > 0) {
      audit.write(AuditEvent.LIMITED, caller, "reason", "requests");
      Refusal.tooFast("too many requests", wait).answer(response);
      return;
    }
    List<SubscribeRequest> subscriptions;
    try {
      subscriptions = subscriptions(caller, request);
    } catch (AccessDeniedException e) {
      refuse(response, e.code().equals("unauthorized") ? 401 : 403, e);
      return;
    } catch (IllegalArgumentException e) {
      refuse(response, HttpServletResponse.SC_BAD_REQUEST, e);
      return;
    }
    open(caller, subscriptions, request, response);
  }

  /** Each topic costs as much as over a socket. */
  private static int cost(HttpServletRequest request) {
    String[] topics = request.getParameterValues("topic");
    boolean resumes = request.getHeader("Last-Event-ID") != null;
    return topics == null
        ? Cost.SIMPLE
        : topics.length * (resumes ? Cost.CATCH_UP : Cost.SUBSCRIBE);
  }

  /** A stream without events would stay open for nothing. */
  @Override
  protected void doHead(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
  }

  private List<SubscribeRequest> subscriptions(Caller caller, HttpServletRequest request) {
    String[] topics = request.getParameterValues("topic");
    if (topics == null) {
      throw new IllegalArgumentException("topic is missing: /sse?topic=a/b&topic=c/%23");
    }
    List<TopicPattern> patterns = patterns(topics);
    Position since = since(request.getHeader("Last-Event-ID"));
    List<SubscribeRequest> granted = new ArrayList<>(topics.length);
    for (TopicPattern pattern : patterns) {
      granted.add(
          commands.subscribe(
              caller,
              pattern,
              new ClientCommand.Subscribe(
                  null, pattern, since, 0, null, 0, request.getParameter("filter"))));
    }
    return granted;
  }

  /** An event's id is a position in one log. */
  private List<TopicPattern> patterns(String[] topics) {
    List<TopicPattern> patterns = Stream.of(topics).map(TopicPattern::of).toList();
    patterns.forEach(topicLimits::check);
    if (!commands.areOfOneSpace(patterns)) {
      throw new IllegalArgumentException(
          "the topics of one stream are of one space: ask for a stream for each space");
    }
    return patterns;
  }

  static @Nullable Position since(@Nullable String lastEventId) {
    if (lastEventId == null || lastEventId.isEmpty()) {
      return null;
    }
    int colon = lastEventId.lastIndexOf(':');
    try {
      return new Position(
          lastEventId.substring(0, Math.max(0, colon)),
          Long.parseLong(lastEventId.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("Last-Event-ID is epoch:offset", e);
    }
  }

  private void open(
      Caller caller,
      List<SubscribeRequest> subscriptions,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    response.setContentType("text/event-stream;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext context = request.startAsync();
    context.setTimeout(0);
    SseTransport transport =
        new SseTransport(context, response.getOutputStream(), subscriptions.get(0).asked().epoch());
    ClientSession session = sessions.open(transport, caller);
    audit.write(AuditEvent.CONNECTED, session, "session", session.id());
    transport.onSignOfLife(session::heard);
    context.addListener(new Ended(session));
    response.getOutputStream().setWriteListener(transport);
    session.subscribe(subscriptions);
  }

  private static void refuse(HttpServletResponse response, int status, Exception why)
      throws IOException {
    response.setStatus(status);
    response.setContentType("text/plain;charset=UTF-8");
    response.getWriter().println(why.getMessage());
  }

  /** Tells the session that its connection is gone. */
  private record Ended(ClientSession session) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      session.connectionClosed();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      session.connectionClosed();
    }

    @Override
    public void onError(AsyncEvent event) {
      session.connectionClosed();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      // Nobody starts it again.
    }
  }
}
