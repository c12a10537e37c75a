package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import io.openclaw.gateway.dev.WorkDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The server speaks TLS as {@code server-config} sets it up, and the gateway wants nothing else.
 * Delivery then takes the standard API.
 */
class TlsIT {
  private static final int READERS = 100;
  private static final int PUBLICATIONS = 2_000;
  private static final int SMALL_BUFFER = 4_096;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int ALERT = 0x15;
  private static final int HANDSHAKE = 0x16;
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();

  private static WorkDirectory work;
  private static SSLContext before;
  private static StandaloneGateway gateway;
  private static int port;

  @BeforeAll
  static void start() throws Exception {
    work = WorkDirectory.create();
    TestCertificate certificate = TestCertificate.make(work.path());
    port = Ports.free();
    before = SSLContext.getDefault();
    SSLContext.setDefault(certificate.trustingIt());
    gateway =
        StandaloneGateway.start(
            "bench/openclaw.yaml",
            Map.of(
                "openclaw.security.require-tls",
                "true",
                "openclaw.tls.key-store",
                certificate.file().toString(),
                "openclaw.tls.password",
                certificate.password()),
            TlsIT::secured);
  }

  /** The password goes by the environment, as those of other servers and databases do. */
  private static ServerSettings secured(ServerSettings settings) {
    try {
      return Neighbours.server() == ServerKind.PAYARA
          ? settings.withPreBoot(preBoot())
          : settings.withJvmOptions(
              List.of(
                  "-Djboss.https.port=" + port,
                  "-Djboss.server.config.dir=" + WildFlyScript.run("tls.cli", work.path())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What server-config has, and where to listen. */
  private static Path preBoot() throws IOException {
    String listener =
        "set configs.config.server-config.network-config.network-listeners.network-listener."
            + "https-listener.";
    Path payara = HOME.resolve("server-config/payara");
    Path all = work.path().resolve("pre-boot.asadmin");
    Files.writeString(
        all,
        Files.readString(payara.resolve("loopback.asadmin"))
            + Files.readString(payara.resolve("tls.asadmin"))
            + listener
            + "address=127.0.0.1\n"
            + listener
            + "port="
            + port
            + "\n");
    return all;
  }

  @AfterAll
  static void stop() throws Exception {
    SSLContext.setDefault(before);
    gateway.close();
    work.close();
  }

  private static URI secure(String scheme, String path) {
    return URI.create(scheme + "://127.0.0.1:" + port + "/" + path);
  }

  private static String admin() {
    return gateway.token("root", "admin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void speaksTls13And12(String version) throws Exception {
    try (Socket socket =
        SSLContext.getDefault().getSocketFactory().createSocket("127.0.0.1", port)) {
      SSLSocket secured = (SSLSocket) socket;
      secured.setEnabledProtocols(new String[] {version});
      secured.startHandshake();
      assertEquals(version, secured.getSession().getProtocol());
    }
  }

  @Test
  void refusesTls11() throws Exception {
    assertEquals(HANDSHAKE, answerTo(3));
    int refused = answerTo(2);
    assertTrue(refused == ALERT || refused < 0, () -> "answered with " + refused);
  }

  /** The first byte of what is answered to a hello of TLS 1.1 or 1.2; -1 if it just closes. */
  private static int answerTo(int minor) throws IOException {
    String hello =
        "03%02x".formatted(minor)
            + "00".repeat(32)
            + "00"
            + "0006c009c00ac02b"
            + "0100"
            + "0018"
            + "000a000400020017"
            + "000b00020100"
            + "000d0006000404030401";
    byte[] body = HexFormat.of().parseHex(hello);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      OutputStream out = socket.getOutputStream();
      String header = "160301%04x01%06x".formatted(body.length + 4, body.length);
      out.write(HexFormat.of().parseHex(header));
      out.write(body);
      out.flush();
      return socket.getInputStream().read();
    }
  }

  @Test
  void wantsTlsForEverythingButHealth() throws Exception {
    String bearer = "Authorization: Bearer " + admin();
    assertEquals(403, Knock.at(gateway.server().webSocketUri(), bearer).status());
    assertEquals(403, status(gateway.server().uri().resolve("sse?topic=a")));
    assertEquals(403, status(gateway.server().uri().resolve("api/v1/topics/a")));
    assertEquals(200, status(gateway.server().uri().resolve("health/live")));
    assertEquals(200, status(secure("https", "health/ready")));
    assertEquals(401, status(secure("https", "api/v1/topics/a")));
  }

  private static int status(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void eventsArriveInBothFormatsAndAsAStream() throws Exception {
    String large = "x".repeat(60_000);
    try (TestClient client = TestClient.connect(secure("wss", "ws"), admin());
        PackedClient packed = PackedClient.connect(secure("wss", "ws"), admin())) {
      client.subscribe("tls/large");
      packed.send(Map.of("op", "subscribe", "topic", "tls/large"));
      assertTrue(packed.await("live"));
      client.send("{\"op\":\"publish\",\"topic\":\"tls/large\",\"data\":\"" + large + "\"}");
      assertEquals(large, client.await("pub").getString("data"));
      assertTrue(packed.next("pub").toString().contains(large));
    }
  }

  @Test
  void theConnectionOfOneThatReadsNothingIsEnded() throws Exception {
    try (TestClient publisher = TestClient.connect(secure("wss", "ws"), admin());
        RawConnection stuck = RawConnection.open(secure("wss", "ws"), admin(), SMALL_BUFFER)) {
      stuck.sendText("{\"op\":\"subscribe\",\"topic\":\"tls/stuck\"}");
      publisher.subscribe("tls/stuck");
      long both = OpenConnections.to(port);
      String data = "x".repeat(60_000);
      for (int i = 0; i < 100; i++) {
        publisher.send("{\"op\":\"publish\",\"topic\":\"tls/stuck\",\"data\":\"" + data + "\"}");
        publisher.await("pub");
      }
      Awaitility.await().atMost(PATIENCE).until(() -> OpenConnections.to(port) < both);
    }
  }

  @Test
  void whoeverReadsGetsEverythingInOrderAndWhoDoesNotIsCutOff() throws Exception {
    long began = System.nanoTime();
    try (CrowdedTopic topic =
        new CrowdedTopic(secure("https", ""), admin(), "tls/topic", PUBLICATIONS)) {
      RawConnection neverReads = topic.subscriber(SMALL_BUFFER);
      topic.addReaders(READERS);
      topic.publishUntil(PUBLICATIONS);
      topic.assertAllWasRead();
      System.out.printf(
          "%d deliveries of 2 KB over TLS in %d ms%n",
          READERS * PUBLICATIONS, Duration.ofNanos(System.nanoTime() - began).toMillis());
      assertTrue(topic.isCutOff(neverReads), "the one that never reads was not disconnected");
    }
    assertFalse(gateway.server().log().contains("cannot be written to directly"));
  }
}
