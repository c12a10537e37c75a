package io.openclaw.gateway.it;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.camel.ConnectorLoader;
import io.openclaw.gateway.connector.Arrivals;
import io.openclaw.gateway.connector.Connectors;
import io.openclaw.gateway.connector.Feeding;
import io.openclaw.gateway.connector.LocalHttp;
import io.openclaw.gateway.connector.MariaDbSender;
import io.openclaw.gateway.connector.MqttSender;
import io.openclaw.gateway.connector.NatsSender;
import io.openclaw.gateway.connector.NumberedEvent;
import io.openclaw.gateway.connector.RabbitMqSender;
import io.openclaw.gateway.connector.ReadyRoutes;
import io.openclaw.gateway.connector.RedisSender;
import io.openclaw.gateway.connector.Sender;
import io.openclaw.gateway.hook.Hooks;
import io.openclaw.gateway.neighbour.MariaDbServer;
import io.openclaw.gateway.neighbour.Neighbour;
import io.openclaw.gateway.neighbour.Neighbours;
import io.openclaw.gateway.outlet.Outbound;
import io.openclaw.gateway.source.SourceState.Status;
import io.openclaw.gateway.source.camel.RouteFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped routes with a connector, each with the real server, killed and started again in the
 * middle of the events: all arrive, each once, in order for each key, and what can never work is
 * put aside with the reason.
 */
@Tag("once")
public class RoutesFaultIT {
  /** The routes that are tested here. */
  public static final Set<String> ROUTES =
      Set.of("rabbitmq", "mqtt", "nats", "redis-stream", "mariadb", "http-poll");

  private static final int EVENTS = 10_000;
  private static final int MQTT_EVENTS = 5_000;
  private static final int POISON = 5;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** What Mosquitto forgets at most when it is killed: what it has confirmed since it saved. */
  private static final int MOSQUITTO_FORGETS = 500;

  @TempDir Path directory;

  @Test
  void rabbitMq() throws Exception {
    try (Neighbour server = Neighbours.rabbitMq(directory);
        RouteFixture routes = routes("rabbitmq")) {
      RabbitMqSender.open(server.port()).close();
      routes.set("rabbitmq.port", Integer.toString(server.port()));
      routes.set("rabbitmq.queue", RabbitMqSender.QUEUE);
      outlives(server, routes, "rabbitmq", 0, () -> RabbitMqSender.open(server.port()));
    }
  }

  /** The client does not come back by itself if more than 10 messages wait for it. */
  @Test
  void mqttOnceItIsStartedAgain() throws Exception {
    try (Neighbour server = Neighbours.mosquitto(directory);
        RouteFixture routes = routes("mqtt")) {
      routes.set("mqtt.broker", "tcp://127.0.0.1:" + server.port());
      routes.run(ReadyRoutes.file("mqtt"));
      Sender.Opener opener = () -> MqttSender.open(server.port());
      List<NumberedEvent> events = NumberedEvent.series(MQTT_EVENTS, POISON);
      try (Feeding feeding = Feeding.start(events, MOSQUITTO_FORGETS, opener)) {
        awaitOffset(routes, MQTT_EVENTS / 3);
        server.kill();
        server.restart();
        feeding.await();
        routes.source("camel:mqtt").pause();
        routes.awaitStatus("camel:mqtt", Status.PAUSED);
        routes.source("camel:mqtt").resume();
        awaitOffset(routes, MQTT_EVENTS);
      }
      assertEquals(List.of(), Arrivals.faults(arrived(routes), MQTT_EVENTS));
    }
  }

  @Test
  void nats() throws Exception {
    try (Neighbour server = Neighbours.nats(directory);
        RouteFixture routes = routes("nats")) {
      try (NatsSender administrator = NatsSender.open(server.port())) {
        administrator.prepare("openclaw.deliver");
      }
      routes.set("nats.servers", "127.0.0.1:" + server.port());
      outlives(server, routes, "nats", 0, () -> NatsSender.open(server.port()));
    }
  }

  @Test
  void redisStream() throws Exception {
    try (Neighbour server = Neighbours.redis(directory);
        RouteFixture routes = RouteFixture.create(getClass().getClassLoader(), new Hooks())) {
      routes.set("redis.port", Integer.toString(server.port()));
      routes.set("redis.stream", RedisSender.STREAM);
      outlives(server, routes, "redis-stream", 0, () -> RedisSender.open(server.port()));
    }
  }

  @Test
  void mariaDb() throws Exception {
    // As in a server, where JDBC has looked for drivers long before.
    assertTrue(DriverManager.drivers().findAny().isPresent());
    try (MariaDbServer server = Neighbours.mariaDb(directory);
        RouteFixture routes = routes("mariadb")) {
      MariaDbSender sender = new MariaDbSender(server);
      sender.prepare();
      routes.set("mariadb.host", "127.0.0.1");
      routes.set("mariadb.port", Integer.toString(server.port()));
      routes.set("mariadb.password", "openclaw");
      routes.set("mariadb.tables", MariaDbSender.TABLE);
      routes.set("mariadb.directory", Files.createDirectory(directory.resolve("state")).toString());
      outlives(server, routes, "mariadb", 0, () -> sender);
    }
  }

  private static RouteFixture routes(String connector) {
    ConnectorLoader loader = Connectors.loader(connector);
    return RouteFixture.create(loader, new Hooks());
  }

  private static void outlives(
      Neighbour server, RouteFixture routes, String route, int rewind, Sender.Opener opener)
      throws IOException {
    routes.run(ReadyRoutes.file(route));
    try (Feeding feeding = Feeding.start(NumberedEvent.series(EVENTS, POISON), rewind, opener)) {
      awaitOffset(routes, EVENTS / 3);
      server.kill();
      long before = routes.log().head().offset();
      server.restart();
      feeding.await();
      assertTrue(before < EVENTS, "it was killed too late: " + before);
      awaitOffset(routes, EVENTS);
      await().atMost(LIMIT).until(() -> letters(routes).size() >= POISON);
    }
    assertEquals(List.of(), Arrivals.faults(arrived(routes), EVENTS));
    assertEquals(POISON, letters(routes).size());
  }

  private static void awaitOffset(RouteFixture routes, int offset) {
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> routes.log().head().offset() >= offset);
  }

  private static List<NumberedEvent> arrived(RouteFixture routes) {
    return routes.publications().stream().map(NumberedEvent::of).flatMap(Optional::stream).toList();
  }

  /** The ids of what was put aside; it may have been put aside again after the server came back. */
  private static Set<String> letters(RouteFixture routes) {
    List<Outbound> received = routes.letters().received();
    received.forEach(
        letter -> assertNotNull(letter.properties().get("openclaw_reason"), letter::id));
    return received.stream().map(Outbound::id).collect(Collectors.toSet());
  }

  @Test
  void httpPollPublishesChangesOnlyAndAsksAgainUntilTheServerIsBack() throws Exception {
    AtomicInteger version = new AtomicInteger(1);
    List<String> asked = new CopyOnWriteArrayList<>();
    try (LocalHttp server = LocalHttp.start(exchange -> resource(exchange, version, asked));
        RouteFixture routes = routes("http")) {
      routes.set("http-poll.url", server.address() + "/rates?currency=EUR");
      routes.set("http-poll.period", "50");
      routes.run(ReadyRoutes.file("http-poll"));
      routes.awaitPublications(1);
      await().until(() -> asked.size() > 4);
      version.set(2);
      routes.awaitPublications(2);
      version.set(-1);
      await().until(() -> routes.source("camel:http-poll").counts().failures() > 0);
      version.set(1);
      assertEquals(
          List.of("http/resource {\"v\":1}", "http/resource {\"v\":2}", "http/resource {\"v\":1}"),
          routes.awaitPublications(3));
      assertEquals(List.of("null", "\"v1\"", "\"v1\""), List.copyOf(asked).subList(0, 3));
      assertEquals(List.of(), routes.letters().received());
    }
  }

  /** Below zero it is broken. */
  private static void resource(
      com.sun.net.httpserver.HttpExchange exchange, AtomicInteger version, List<String> asked)
      throws IOException {
    int now = version.get();
    String tag = "\"v" + now + "\"";
    String known = String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match"));
    asked.add(known);
    try (exchange) {
      if (now < 0) {
        exchange.sendResponseHeaders(503, -1);
      } else if (tag.equals(known)) {
        exchange.sendResponseHeaders(304, -1);
      } else {
        exchange.getResponseHeaders().set("ETag", tag);
        byte[] body = ("{\"v\":" + now + "}").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }
}
