package io.openclaw.gateway.it;

import io.openclaw.gateway.dev.Broker;
import io.openclaw.gateway.dev.DevelopmentTokens;
import jakarta.jms.ConnectionFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deploys the built WAR and tells tests where everything is. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
public abstract class GatewayIT {
  /** How long a test waits for what should happen at once. */
  protected static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  /** The WAR that the build made. */
  @Deployment(testable = false)
  public static WebArchive gateway() {
    return ShrinkWrap.create(ZipImporter.class, "openclaw-gateway.war")
        .importFrom(Neighbours.get().settings().war().toFile())
        .as(WebArchive.class);
  }

  @BeforeEach
  void awaitReady() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> get("health/ready").statusCode() == 200);
  }

  /** The root of the gateway, with a slash at its end. */
  protected static URI uri() {
    return URI.create("http://127.0.0.1:" + Neighbours.get().settings().httpPort() + "/");
  }

  /** Where clients connect. */
  protected static URI webSocketUri() {
    return URI.create("ws://127.0.0.1:" + Neighbours.get().settings().httpPort() + "/ws");
  }

  /** Connections to the broker that the gateway listens to. */
  protected static ConnectionFactory broker() {
    return Broker.connectionFactory(Neighbours.get().settings().brokerPort());
  }

  /** Connections to the database that the gateway listens to; it watches the table orders. */
  protected static DataSource database() {
    return Neighbours.get().database().dataSource();
  }

  /** Makes tokens that the gateway accepts. */
  protected static DevelopmentTokens tokens() {
    return Neighbours.get().tokens();
  }

  /** A token of somebody who may do everything. */
  protected static String adminToken() {
    return tokens().token("root", List.of("admin"), TOKEN_LIFE);
  }

  /** A token of a user without roles. */
  protected static String userToken(String user) {
    return tokens().token(user, List.of(), TOKEN_LIFE);
  }

  /** A client that is connected and has been welcomed. */
  protected static TestClient connect(@Nullable String token) {
    return TestClient.connect(webSocketUri(), token);
  }

  /** Answers a GET without a token; the path has no slash in front. */
  protected static HttpResponse<String> get(String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri().resolve(path)).timeout(PATIENCE).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Answers a POST of JSON; the path has no slash in front. */
  protected static HttpResponse<String> post(String path, String token, String json)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(uri().resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
