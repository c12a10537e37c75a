package io.openclaw.gateway.rest;

import io.openclaw.gateway.security.Audit;
import io.openclaw.gateway.security.AuditEvent;
import io.openclaw.gateway.security.Caller;
import io.openclaw.gateway.security.Tickets;
import io.openclaw.gateway.security.Tickets.Ticket;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Optional;

/**
 * {@code POST /api/v1/tickets}: a ticket with which whoever asks can connect once, soon, without
 * the token. Answered by {@code {ticket, expires}}, 401 to whoever showed none, and 429 to whoever
 * has too many that were not used.
 */
@ApplicationScoped
@Path("tickets")
@Produces(MediaType.APPLICATION_JSON)
public class TicketsResource {
  private final Tickets tickets;
  private final Audit audit;

  /** For the container only: its proxy, and RESTEasy, which looks for a public constructor. */
  @SuppressWarnings("NullAway")
  public TicketsResource() {
    this(null, null);
  }

  @Inject
  public TicketsResource(Tickets tickets, Audit audit) {
    this.tickets = tickets;
    this.audit = audit;
  }

  /**
   * A ticket.
   *
   * @param expires when it is good no more, in ms since the Unix epoch
   */
  public record Answer(String ticket, long expires) {}

  /** Makes one. */
  @POST
  public Response issue(@Context SecurityContext security) {
    Caller caller = Caller.of(security.getUserPrincipal());
    if (caller.identity().isAnonymous()) {
      throw new ProblemException("unauthorized", "a ticket is for whoever shows a token");
    }
    Optional<Ticket> ticket = tickets.issue(caller.identity());
    if (ticket.isEmpty()) {
      audit.write(AuditEvent.LIMITED, caller, "reason", "too many tickets");
      throw new ProblemException("limit_exceeded", "too many tickets wait to be used");
    }
    return Response.ok(new Answer(ticket.get().text(), ticket.get().expires().toEpochMilli()))
        .header("Cache-Control", "no-store")
        .build();
  }
}
