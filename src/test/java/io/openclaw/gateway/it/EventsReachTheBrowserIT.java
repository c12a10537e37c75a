package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.openclaw.gateway.dev.Broker;
import jakarta.jms.JMSContext;
import jakarta.jms.TextMessage;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class EventsReachTheBrowserIT extends GatewayIT {
  @Test
  void isAlive() throws Exception {
    assertEquals(200, get("health/live").statusCode());
  }

  @Test
  void deliversAJmsMessage() throws Exception {
    try (TestClient client = connect(adminToken())) {
      client.subscribe("stock/+/price");
      try (JMSContext context = broker().createContext()) {
        TextMessage message = context.createTextMessage("{\"price\":42.5}");
        message.setStringProperty("topic", "stock/ACME/price");
        message.setStringProperty("key", "ACME");
        context.createProducer().send(context.createQueue(Broker.EVENTS), message);
      }
      JsonObject publication = client.await("pub");
      assertEquals("stock/ACME/price", publication.getString("topic"));
      assertEquals("ACME", publication.getString("key"));
      assertEquals("{\"price\":42.5}", publication.getJsonObject("data").toString());
    }
  }

  @Test
  void deliversACommittedRow() throws Exception {
    try (TestClient client = connect(adminToken())) {
      client.subscribe("orders/#");
      try (Connection connection = database().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("INSERT INTO orders VALUES (7, 'ACME', 19.90)");
      }
      JsonObject publication = client.await("pub");
      assertEquals("orders/7", publication.getString("topic"));
      JsonObject data = publication.getJsonObject("data");
      assertEquals("insert", data.getString("op"));
      assertEquals("ACME", data.getJsonObject("row").getString("customer"));
    }
  }

  @Test
  void deliversAnHttpPublication() throws Exception {
    try (TestClient client = connect(null)) {
      client.subscribe("public/#");
      int status =
          post("api/v1/publish", adminToken(), "{\"topic\":\"public/news\",\"data\":\"hello\"}")
              .statusCode();
      assertEquals(200, status);
      assertEquals("hello", client.await("pub").getString("data"));
    }
  }
}
