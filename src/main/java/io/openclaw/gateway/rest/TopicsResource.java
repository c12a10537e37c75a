package io.openclaw.gateway.rest;

import io.openclaw.gateway.command.AdminCommands;
import io.openclaw.gateway.command.ClientCommands;
import io.openclaw.gateway.command.Cost;
import io.openclaw.gateway.fleet.TopicDirectory;
import io.openclaw.gateway.log.HistoryPage;
import io.openclaw.gateway.log.HistoryQuery;
import io.openclaw.gateway.log.Snapshot;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.protocol.JsonWriter;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/topics}: what is subscribed to, and by how many; {@code GET
 * /api/v1/topics/{topic}}: current values with the position at which they were current; {@code
 * …/history}: a page of the past. A pattern in place of the topic works too ({@code #} is written
 * {@code %23}).
 */
@ApplicationScoped
@Path("topics")
@Produces(MediaType.APPLICATION_JSON)
public class TopicsResource {
  private static final int MAX_TOPICS = 1_000;

  private final ClientCommands commands;
  private final Spaces spaces;
  private final RestSettings settings;
  private final Pace pace;
  private final AdminCommands admin;

  /** For the container only: its proxy, and RESTEasy, which looks for a public constructor. */
  @SuppressWarnings("NullAway")
  public TopicsResource() {
    this(null, null, null, null, null);
  }

  @Inject
  public TopicsResource(
      ClientCommands commands,
      Spaces spaces,
      RestSettings settings,
      Pace pace,
      AdminCommands admin) {
    this.commands = commands;
    this.spaces = spaces;
    this.settings = settings;
    this.pace = pace;
    this.admin = admin;
  }

  /** What is subscribed to on all nodes, in pages; for administrators. */
  @GET
  public TopicDirectory.Page topics(
      @Context SecurityContext security,
      @QueryParam("after") @DefaultValue("") String after,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (limit < 1 || limit > MAX_TOPICS) {
      throw new ProblemException("bad_request", "limit is 1 to " + MAX_TOPICS);
    }
    Caller who = Caller.of(security.getUserPrincipal());
    pace.take(who, Cost.HISTORY);
    return admin.topics(who, AdminCommands.TOPICS, after, limit);
  }

  /** {@code {epoch, offset, values}}, read at one moment. */
  @GET
  @Path("{topic: .+}")
  public String values(@Context SecurityContext security, @PathParam("topic") String topic) {
    Caller who = Caller.of(security.getUserPrincipal());
    pace.take(who, Cost.CATCH_UP);
    TopicPattern pattern = TopicPattern.of(topic);
    Snapshot snapshot = commands.snapshot(who, pattern);
    return end(page(snapshot.position(), "values", snapshot.values()), pattern);
  }

  /** {@code {epoch, offset, items, more}}. */
  @GET
  @Path("{topic: .+}/history")
  public String history(
      @Context SecurityContext security,
      @PathParam("topic") String topic,
      @QueryParam("limit") @DefaultValue("100") int limit,
      @QueryParam("since") @Nullable String since,
      @QueryParam("before") @Nullable String before,
      @QueryParam("reverse") @DefaultValue("false") boolean reverse) {
    Caller who = Caller.of(security.getUserPrincipal());
    pace.take(who, Cost.HISTORY);
    TopicPattern pattern = TopicPattern.of(topic);
    String epoch = spaces.of(pattern).log().head().epoch();
    HistoryQuery query =
        new HistoryQuery(
            pattern,
            offset(epoch, since, 0),
            offset(epoch, before, Long.MAX_VALUE),
            within(limit),
            reverse);
    HistoryPage page = commands.history(who, pattern, query).within(settings.maxBodyBytes());
    return end(
        page(page.position(), "items", page.items()).append(",\"more\":").append(page.more()),
        pattern);
  }

  private int within(int limit) {
    if (limit < 1) {
      throw new ProblemException("bad_request", "limit is 1 or more");
    }
    return Math.min(limit, settings.maxHistory());
  }

  /**
   * The offset of {@code epoch:offset}, or of a bare number. A position of another epoch bounds
   * nothing: all there is came after it.
   */
  private static long offset(String epoch, @Nullable String position, long none) {
    if (position == null) {
      return none;
    }
    int colon = position.lastIndexOf(':');
    boolean another = colon >= 0 && !position.substring(0, colon).equals(epoch);
    long offset = number(position.substring(colon + 1));
    return another ? none : Math.max(0, offset);
  }

  private static long number(String offset) {
    try {
      return Long.parseLong(offset);
    } catch (NumberFormatException e) {
      throw new ProblemException("bad_request", "a position is written epoch:offset");
    }
  }

  private static StringBuilder page(Position at, String name, List<Publication> publications) {
    StringBuilder out = new StringBuilder(256);
    out.append("{\"epoch\":\"").append(at.epoch()).append("\",\"offset\":").append(at.offset());
    out.append(",\"").append(name).append("\":[");
    String separator = "";
    for (Publication publication : publications) {
      out.append(separator).append(JsonWriter.item(publication));
      separator = ",";
    }
    return out.append(']');
  }

  /** Says so, if topics of other spaces match, too. */
  private String end(StringBuilder page, TopicPattern pattern) {
    boolean whole = spaces.of(pattern).holdsAllOf(pattern);
    return page.append(whole ? "}" : ",\"narrowed\":true}").toString();
  }
}
