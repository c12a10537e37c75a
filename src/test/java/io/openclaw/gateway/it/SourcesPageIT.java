package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.dev.Database;
import io.openclaw.gateway.neighbour.KafkaServer;
import io.openclaw.gateway.neighbour.Neighbours;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Does what {@code docs/sources.md} shows: each configuration, each input, each publication. */
class SourcesPageIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();
  private static final String ACCESS =
      """
      access:
        - {who: anyone, may: subscribe, topics: "#"}
        - {who: {role: admin}, may: all, topics: ["#", "$sys/#"]}
      """;
  private static final String TABLES =
      """
      CREATE TABLE page_reading (id int PRIMARY KEY, room text, degrees numeric(4,1));
      CREATE TABLE page_order (id int PRIMARY KEY, state text, placed timestamptz)""";

  @TempDir private static Path folder;
  private static SourcesPage page;
  private static Database database;
  private static KafkaServer kafka;
  private static StandaloneGateway gateway;
  private static TestClient client;

  @BeforeAll
  static void start() throws Exception {
    page = SourcesPage.read(HOME.resolve("docs/sources.md"));
    database = Database.start(HOME.resolve("target/postgres"), folder.resolve("data"));
    run(TABLES);
    Files.createDirectory(folder.resolve("in"));
    Files.createDirectory(folder.resolve("routes"));
    for (Map.Entry<String, String> file : page.routes().entrySet()) {
      Files.writeString(folder.resolve("routes").resolve(file.getKey()), file.getValue());
    }
    kafka = Neighbours.kafka(folder.resolve("kafka"));
    Path configuration = folder.resolve("openclaw.yaml");
    Files.writeString(configuration, page.configuration(ACCESS));
    gateway = StandaloneGateway.start(configuration.toString(), settings());
    client = TestClient.connect(gateway.server().webSocketUri(), null);
    client.subscribe("#");
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("openclaw.kafka.servers", kafka.bootstrapServers());
    settings.put("openclaw.database.url", database.url());
    settings.put("openclaw.database.user", Database.NAME);
    settings.put("openclaw.database.password", Database.NAME);
    settings.put("openclaw.camel.routes", folder.resolve("routes").toString());
    settings.put("page.directory", folder.resolve("in").toString());
    return settings;
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    gateway.close();
    database.close();
    kafka.close();
  }

  private static void run(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(database.url(), Database.NAME, Database.NAME);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @TestFactory
  Stream<DynamicTest> eachExampleOfThePageIsTrue() {
    assertFalse(page.examples().isEmpty());
    return page.examples().stream()
        .map(example -> DynamicTest.dynamicTest(example.title(), () -> check(example)));
  }

  private static void check(SourcesPage.Example example) throws Exception {
    JsonObject wanted = json(example.publication());
    feed(example);
    String topic = wanted.getString("topic");
    JsonObject got =
        client.await(each -> each.containsKey("data") && each.getString("topic").equals(topic));
    assertEquals(wanted, without(got, Set.of("offset", "time")));
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text)).readObject();
  }

  private static JsonObject without(JsonObject json, Set<String> names) {
    JsonObjectBuilder rest = Json.createObjectBuilder();
    json.forEach(
        (name, value) -> {
          if (!names.contains(name)) {
            rest.add(name, value);
          }
        });
    return rest.build();
  }

  private static void feed(SourcesPage.Example example) throws Exception {
    switch (example.language()) {
      case "http" -> post(example.input());
      case "jms" -> send(Letter.of(example.input()));
      case "kafka" -> produce(Letter.of(example.input()));
      case "sql" -> run(example.input());
      case "file" -> drop(example.input());
      default -> throw new IllegalArgumentException("no way to feed " + example.language());
    }
  }

  private static void post(String input) throws Exception {
    String[] parts = input.split("\n", 2);
    String path = parts[0].substring("POST ".length());
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(gateway.server().uri().resolve(path))
                .header("Authorization", "Bearer " + gateway.token("anna", "admin"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(parts[1]))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  /** The first line is the name of the file, after an empty one comes what is in it. */
  private static void drop(String input) throws Exception {
    String[] parts = input.split("\n\n", 2);
    Path file = Files.writeString(folder.resolve(parts[0]), parts[1]);
    Files.move(file, folder.resolve("in").resolve(parts[0]));
  }

  private static void send(Letter letter) {
    try (JMSContext context = Broker.connectionFactory(gateway.brokerPort()).createContext()) {
      JMSProducer producer = context.createProducer();
      letter.properties().forEach(producer::setProperty);
      producer.send(context.createQueue(letter.destination()), letter.body());
    }
  }

  private static void produce(Letter letter) throws Exception {
    Map<String, Object> properties =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
    StringSerializer texts = new StringSerializer();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, texts, texts)) {
      ProducerRecord<String, String> record =
          new ProducerRecord<>(letter.destination(), letter.properties().get("key"), letter.body());
      letter
          .properties()
          .forEach(
              (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
      producer.send(record).get();
    }
  }

  /**
   * A message as the page writes it: what it is sent to, its properties, an empty line, its body.
   */
  private record Letter(String destination, Map<String, String> properties, String body) {
    static Letter of(String input) {
      int end = input.indexOf("\n\n");
      List<String> head = input.substring(0, end).lines().toList();
      Map<String, String> properties = new LinkedHashMap<>();
      for (String line : head.subList(1, head.size())) {
        String[] both = line.split(": ", 2);
        properties.put(both[0], both[1]);
      }
      String destination = head.get(0).substring(head.get(0).indexOf(' ') + 1);
      return new Letter(destination, properties, input.substring(end + 2));
    }
  }
}
