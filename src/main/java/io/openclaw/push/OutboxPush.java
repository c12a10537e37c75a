package io.openclaw.push;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Publishes through the gateway's outbox in the database of the application: the row is part of the
 * same transaction of the same database, so that nothing but its commit decides.
 *
 * <p>Needs a resource reference {@code jdbc/openclaw} to the data source that the application's
 * entities are in, PostgreSQL, and a source of the kind {@code database} at the gateway that reads
 * its table {@code openclaw_outbox}.
 */
@ApplicationScoped
@Transactional
public class OutboxPush implements Push {
  private static final String DATABASE = "java:comp/env/jdbc/openclaw";
  private static final String INSERT =
      "INSERT INTO openclaw_outbox (topic, key, data, removed, event_id)"
          + " VALUES (?, ?, ?::jsonb, ?, coalesce(?, gen_random_uuid()::text))";

  private DataSource database;
  private Jsonb jsonb;

  /** For the container. */
  @SuppressWarnings("NullAway.Init")
  public OutboxPush() {}

  @PostConstruct
  @SuppressWarnings("BanJNDI") // of the application's own names, and a constant
  void start() {
    jsonb = JsonbBuilder.create();
    try {
      database = InitialContext.doLookup(DATABASE);
    } catch (NamingException e) {
      throw new PushException("there is no data source " + DATABASE, e);
    }
  }

  @Override
  public void publish(PushEvent event) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, event.topic());
      insert.setString(2, event.key());
      insert.setString(3, event.json(jsonb));
      insert.setBoolean(4, event.removed());
      insert.setString(5, event.eventId());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new PushException("the outbox did not take an event for " + event.topic(), e);
    }
  }
}
