package io.openclaw.gateway.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.dev.Database;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.it.TestClient;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What docker-compose.yml puts together, as processes: two gateways, Artemis, PostgreSQL, and
 * HAProxy with the configuration that is shipped.
 */
@Tag("once")
class DeploymentIT {
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();
  private static final Path SHIPPED = HOME.resolve("server-config/haproxy/haproxy.cfg");

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void haproxyTakesItsConfiguration() throws Exception {
    assumeTrue(Haproxy.isInstalled());
    Haproxy.Check check = Haproxy.check(SHIPPED);
    assertTrue(check.isValid(), check::output);
  }

  @Test
  void eventsReachClientsThroughTheProxyThoughANodeIsKilled() throws Exception {
    assumeTrue(Haproxy.isInstalled());
    try (WorkDirectory files = WorkDirectory.create();
        Database database =
            Database.start(HOME.resolve("target/server/postgres"), files.path().resolve("data"));
        LabNodes nodes = nodes(database);
        Haproxy proxy = Haproxy.start(SHIPPED, nodes.directory(), nodes.nodes())) {
      awaitServers(proxy, 2);
      try (TestClient client = connect(proxy, nodes)) {
        client.subscribe("#");
        send(nodes, "orders/1");
        assertEquals("orders/1", client.await("pub").getString("topic"));
        insert(database.dataSource());
        assertEquals("iot/sensor/a/1/temp", client.await("pub").getString("topic"));
      }
      nodes.server(0).kill();
      awaitServers(proxy, 1);
      try (TestClient client = connect(proxy, nodes)) {
        client.subscribe("orders/#");
        send(nodes, "orders/2");
        JsonObject publication = client.await("pub");
        assertEquals("orders/2", publication.getString("topic"));
      }
    }
  }

  private static LabNodes nodes(Database database) throws Exception {
    String tables = Files.readString(HOME.resolve("server-config/postgres/tables.sql"));
    execute(database.dataSource(), tables);
    Map<String, String> properties = new HashMap<>(LabPlan.PROPERTIES);
    properties.put("openclaw.config", HOME.resolve("server-config/openclaw.yaml").toString());
    properties.put("openclaw.database.url", database.url());
    properties.put("openclaw.database.user", Database.NAME);
    properties.put("openclaw.database.password", Database.NAME);
    properties.put("openclaw.security.trusted-proxies", "127.0.0.1");
    return new LabNodes(ServerKind.PAYARA, 2, properties, LabPlan.QUICK_START);
  }

  private static TestClient connect(Haproxy proxy, LabNodes nodes) {
    return TestClient.connect(URI.create("ws://127.0.0.1:" + proxy.port() + "/ws"), nodes.token());
  }

  private static void send(LabNodes nodes, String topic) throws JMSException {
    int port = nodes.brokerPorts().get(0);
    try (JMSContext context = Broker.connectionFactory(port).createContext()) {
      TextMessage message = context.createTextMessage("{\"amount\":1}");
      message.setStringProperty("topic", topic);
      context.createProducer().send(context.createQueue(Broker.EVENTS), message);
    }
  }

  private static void insert(DataSource database) throws Exception {
    execute(
        database,
        "INSERT INTO sensor_reading (building, floor, sensor, temp) VALUES ('a', '1', 't', 21.5)");
  }

  private static void execute(DataSource database, String sql) throws Exception {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Until the proxy sees so many gateways ready. */
  private void awaitServers(Haproxy proxy, int count) {
    URI numbers = URI.create("http://127.0.0.1:" + proxy.operationsPort() + "/metrics");
    HttpRequest request = HttpRequest.newBuilder(numbers).build();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> upServers(http.send(request, HttpResponse.BodyHandlers.ofString())) == count);
  }

  private static long upServers(HttpResponse<String> numbers) {
    return numbers
        .body()
        .lines()
        .filter(line -> line.startsWith("haproxy_server_status{") && line.contains("state=\"UP\""))
        .filter(line -> line.endsWith(" 1"))
        .count();
  }
}
