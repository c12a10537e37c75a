package io.openclaw.sample;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

/** What a customer has ordered. */
@Entity
@Table(name = "shop_order")
public class Order {
  /** How far an order has come; it never goes back. */
  public enum State {
    NEW,
    PAID,
    SHIPPED
  }

  /** An order as browsers see it. */
  public record View(long id, String customer, State state, int changes) {}

  @Id private long id;

  @Column(nullable = false)
  private String customer;

  @Enumerated(EnumType.STRING)
  @Column(nullable = false)
  private State state;

  private int changes;

  @Version private int version;

  /** For JPA. */
  @SuppressWarnings("NullAway.Init")
  protected Order() {}

  Order(long id, String customer) {
    this.id = id;
    this.customer = customer;
    this.state = State.NEW;
  }

  void change(State state) {
    this.state = state;
    changes++;
  }

  View view() {
    return new View(id, customer, state, changes);
  }
}
