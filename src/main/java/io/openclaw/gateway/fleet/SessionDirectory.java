package io.openclaw.gateway.fleet;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.ClusterException;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.session.DisconnectReason;
import io.openclaw.gateway.session.Sessions;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of all nodes. A node that does not answer within {@code 2 s} is left out, and named.
 * Blocks for that long at most. Thread-safe.
 */
public final class SessionDirectory {
  private static final String PAGE = "sessions.page";
  private static final String FIND = "sessions.find";
  private static final String END = "sessions.end";
  private static final byte[] NO = {};
  private static final byte[] YES = {1};

  private final Cluster cluster;
  private final Sessions sessions;
  private final Audit audit;

  public SessionDirectory(Cluster cluster, Sessions sessions, Audit audit) {
    this.cluster = cluster;
    this.sessions = sessions;
    this.audit = audit;
  }

  /** Begins to answer other nodes. */
  public void start() {
    cluster.answer(PAGE, question -> Wire.bytes(ownPage(Wire.object(question))));
    cluster.answerLater(FIND, id -> ownView(Wire.text(id)).thenApply(SessionDirectory::encoded));
    cluster.answer(END, id -> endOwn(Wire.text(id), "ended by an administrator") ? YES : NO);
  }

  /**
   * Sessions of all nodes in the order of their ids.
   *
   * @param user only of this user, or null: of all
   * @param after only with an id behind this one, or null: from the first
   * @param limit at most so many
   */
  public SessionPage page(@Nullable String user, @Nullable String after, int limit) {
    JsonObject question = question(user, after, limit + 1);
    CompletableFuture<Map<Node, byte[]>> asked =
        cluster.ask(PAGE, Wire.bytes(question), Wire.PATIENCE);
    List<JsonObject> pages = new ArrayList<>();
    pages.add(ownPage(question));
    Map<Node, byte[]> answers = asked.join();
    answers.values().forEach(answer -> pages.add(Wire.object(answer)));
    List<SessionView> items =
        pages.stream()
            .flatMap(page -> page.getJsonArray("items").getValuesAs(JsonObject.class).stream())
            .map(SessionView::of)
            .sorted(Comparator.comparing(SessionView::session))
            .toList();
    List<String> missing = Wire.missing(cluster, answers.keySet());
    return new SessionPage(
        pages.stream().mapToInt(page -> page.getInt("count")).sum(),
        items.stream().limit(limit).toList(),
        items.size() > limit,
        missing.isEmpty() ? null : missing);
  }

  private static JsonObject question(@Nullable String user, @Nullable String after, int limit) {
    JsonObjectBuilder question = Wire.JSON.createObjectBuilder().add("limit", limit);
    if (user != null) {
      question.add("user", user);
    }
    if (after != null) {
      question.add("after", after);
    }
    return question.build();
  }

  private JsonObject ownPage(JsonObject question) {
    String user = question.getString("user", null);
    String after = question.getString("after", null);
    JsonArrayBuilder items = Wire.JSON.createArrayBuilder();
    sessions.all().stream()
        .filter(session -> user == null || session.identity().user().equals(user))
        .filter(session -> after == null || session.id().compareTo(after) > 0)
        .sorted(Comparator.comparing(ClientSession::id))
        .limit(question.getInt("limit"))
        .forEach(session -> items.add(view(session).json()));
    return Wire.JSON
        .createObjectBuilder()
        .add("count", sessions.count())
        .add("items", items)
        .build();
  }

  private SessionView view(ClientSession session) {
    return SessionView.of(cluster.self().name(), session);
  }

  /**
   * The session with this id, with its subscriptions.
   *
   * @throws ClusterException if it was not found and a node did not answer
   */
  public Optional<SessionView> find(String id) {
    if (sessions.find(id).isPresent()) {
      return ownView(id).join();
    }
    Map<Node, byte[]> answers = cluster.ask(FIND, Wire.bytes(id), Wire.PATIENCE).join();
    return checked(
        answers,
        answers.values().stream()
            .filter(answer -> answer.length > 0)
            .map(answer -> SessionView.of(Wire.object(answer)))
            .findFirst());
  }

  /** Without subscriptions, if what serves the session does not tell in time. */
  private CompletableFuture<Optional<SessionView>> ownView(String id) {
    Optional<ClientSession> found = sessions.find(id);
    if (found.isEmpty()) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    SessionView view = view(found.get());
    return found
        .get()
        .patterns()
        .thenApply(view::with)
        .completeOnTimeout(view, Wire.PATIENCE.toMillis() / 2, TimeUnit.MILLISECONDS)
        .thenApply(Optional::of);
  }

  private static byte[] encoded(Optional<SessionView> view) {
    return view.map(found -> Wire.bytes(found.json().build())).orElse(NO);
  }

  private <T> Optional<T> checked(Map<Node, byte[]> answers, Optional<T> found) {
    List<String> missing = Wire.missing(cluster, answers.keySet());
    if (found.isEmpty() && !missing.isEmpty()) {
      throw new ClusterException("did not answer in time: " + String.join(", ", missing));
    }
    return found;
  }

  /**
   * Ends a session with 4503, on whatever node it is.
   *
   * @return whether there was one with this id
   * @throws ClusterException if it was not found and a node did not answer
   */
  public boolean end(String id, String reason) {
    if (endOwn(id, reason)) {
      return true;
    }
    Map<Node, byte[]> answers = cluster.ask(END, Wire.bytes(id), Wire.PATIENCE).join();
    return checked(
            answers, answers.values().stream().filter(answer -> answer.length > 0).findFirst())
        .isPresent();
  }

  private boolean endOwn(String id, String reason) {
    Optional<ClientSession> found = sessions.find(id);
    found.ifPresent(session -> end(audit, session, reason));
    return found.isPresent();
  }

  static void end(Audit audit, ClientSession session, String reason) {
    audit.write(AuditEvent.REVOKED, session, "session", session.id(), "reason", reason);
    session.disconnect(DisconnectReason.FORBIDDEN);
  }
}
