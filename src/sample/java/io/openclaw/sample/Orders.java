package io.openclaw.sample;

import io.openclaw.push.JmsPush;
import io.openclaw.push.OutboxPush;
import io.openclaw.push.Push;
import io.openclaw.push.PushEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;

/** Orders are stored and pushed in one transaction. */
@Path("orders")
@ApplicationScoped
@Transactional
@Produces(MediaType.APPLICATION_JSON)
public class Orders {
  /** Which way a change goes to the gateway: through the broker, or through the outbox. */
  public enum Way {
    JMS,
    OUTBOX
  }

  @PersistenceContext private EntityManager entities;
  @Inject private JmsPush jms;
  @Inject private OutboxPush outbox;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public Orders() {}

  /** The order as it is stored. */
  @GET
  @Path("{id}")
  public Order.View find(@PathParam("id") long id) {
    return load(id).view();
  }

  /** Stores a new order. */
  @PUT
  @Path("{id}")
  @Consumes(MediaType.TEXT_PLAIN)
  public Order.View create(
      @PathParam("id") long id, @DefaultValue("JMS") @QueryParam("way") Way way, String customer) {
    Order order = new Order(id, customer);
    entities.persist(order);
    push(way).publish(event(order));
    return order.view();
  }

  /** Changes an order. An order that would go back is refused: then nobody ever sees the change. */
  @PUT
  @Path("{id}/{state}")
  public Order.View change(
      @PathParam("id") long id,
      @PathParam("state") Order.State state,
      @DefaultValue("JMS") @QueryParam("way") Way way) {
    Order order = load(id);
    boolean back = state.compareTo(order.view().state()) < 0;
    order.change(state);
    push(way).publish(event(order));
    if (back) {
      // Rolls back what was stored and what was pushed.
      throw new ClientErrorException("an order never goes back", Status.CONFLICT);
    }
    return order.view();
  }

  private Order load(long id) {
    Order order = entities.find(Order.class, id);
    if (order == null) {
      throw new NotFoundException("there is no order " + id);
    }
    return order;
  }

  private static PushEvent event(Order order) {
    Order.View view = order.view();
    return PushEvent.of("orders/" + view.id(), view).withKey(Long.toString(view.id()));
  }

  private Push push(Way way) {
    return way == Way.JMS ? jms : outbox;
  }
}
