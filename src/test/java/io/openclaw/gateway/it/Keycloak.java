package io.openclaw.gateway.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real Keycloak in development mode, on loopback only, with its database in memory and the realm
 * of {@code it/keycloak-realm.json}. <em>Confined to the test's thread.</em>
 */
final class Keycloak implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final String ADMIN = "admin";
  private static final String ADMIN_PASSWORD = "admin-secret";
  private static final String REALM = "shop";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path log;
  private final int port;
  private final Process process;

  private Keycloak(Path log, int port, Process process) {
    this.log = log;
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it on a port and returns when it answers.
   *
   * @param home the unpacked distribution
   * @param realm what it imports
   * @param log where its output goes
   */
  static Keycloak start(Path home, Path realm, Path log, int port) throws IOException {
    Path imported = Files.createDirectories(home.resolve("data/import"));
    Files.copy(realm, imported.resolve("realm.json"), StandardCopyOption.REPLACE_EXISTING);
    Keycloak keycloak = new Keycloak(log, port, launch(home, log, port));
    keycloak.awaitReady();
    return keycloak;
  }

  private static Process launch(Path home, Path log, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--import-realm",
                "--db=dev-mem",
                "--http-host=127.0.0.1",
                "--http-port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "JAVA_OPTS",
                "-Xms64m -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                    + " -Djava.net.preferIPv4Stack=true",
                "KC_BOOTSTRAP_ADMIN_USERNAME",
                ADMIN,
                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                ADMIN_PASSWORD));
    return builder.start();
  }

  private void awaitReady() {
    try {
      Awaitility.await()
          .atMost(START_LIMIT)
          .ignoreExceptions()
          .failFast(() -> !process.isAlive())
          .until(() -> get(issuer() + "/.well-known/openid-configuration").statusCode() == 200);
    } catch (RuntimeException e) {
      close();
      throw new IllegalStateException("Keycloak did not start:\n" + output(), e);
    }
  }

  private String output() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of the realm's issuer, when it runs on this port. */
  static String issuer(int port) {
    return "http://127.0.0.1:" + port + "/realms/" + REALM;
  }

  private String issuer() {
    return issuer(port);
  }

  /** The token of a user who gives a name and a password (RFC 6749 §4.3). */
  String token(String user, String password) throws Exception {
    return token(REALM, "page", user, password);
  }

  private String token(String realm, String client, String user, String password) throws Exception {
    String form =
        Map.of(
                "grant_type", "password",
                "client_id", client,
                "username", user,
                "password", password)
            .entrySet()
            .stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:"
                        + port
                        + "/realms/"
                        + realm
                        + "/protocol/openid-connect/token"))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return json(send(request)).getString("access_token");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** From now on the realm's tokens are signed with a new key. */
  void rotateKeys() throws Exception {
    String component =
        """
        {"name": "newer", "providerId": "rsa-generated",
         "providerType": "org.keycloak.keys.KeyProvider",
         "config": {"priority": ["200"], "keySize": ["2048"], "algorithm": ["RS256"],
                    "enabled": ["true"], "active": ["true"]}}
        """;
    send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + "/admin/realms/" + REALM + "/components"))
            .header(
                "Authorization", "Bearer " + token("master", "admin-cli", ADMIN, ADMIN_PASSWORD))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(component))
            .build());
  }

  private HttpResponse<String> get(String url) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private String send(HttpRequest request) throws Exception {
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /** Ends it; the script that started it may have a JVM as its child. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        all.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
