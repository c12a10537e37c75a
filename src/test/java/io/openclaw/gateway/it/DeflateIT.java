package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.bench.ProcessProbe;
import io.openclaw.gateway.dev.DevelopmentTokens;
import io.openclaw.gateway.dev.GatewayServer;
import io.openclaw.gateway.dev.Ports;
import io.openclaw.gateway.dev.ServerKind;
import io.openclaw.gateway.dev.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WildFly with compression switched on by {@code server-config/wildfly/deflate.cli}. */
@Tag("wildfly")
class DeflateIT {
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();
  private static final Path BUILD = HOME.resolve("target");
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate";
  private static final String DATA = "{\"text\":\"" + "over and ".repeat(200) + "\"}";
  private static final int COMPRESSED_TEXT = 0x41;
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  @TempDir private Path directory;
  private final DevelopmentTokens tokens = DevelopmentTokens.create();
  private final Inflater inflater = new Inflater(true);

  @Test
  void compressesForThoseWhoOfferItAndForNobodyElse() throws Exception {
    Path configuration = WildFlyScript.run("deflate.cli", directory);
    try (GatewayServer server = GatewayServer.start(ServerKind.WILDFLY, settings(configuration));
        RawConnection compressed = RawConnection.open(server.webSocketUri(), 0, bearer(), OFFER);
        RawConnection plain = RawConnection.open(server.webSocketUri(), 0, bearer());
        RawConnection publisher = RawConnection.open(server.webSocketUri(), 0, bearer())) {
      assertEquals("permessage-deflate", compressed.header("Sec-WebSocket-Extensions"));
      assertEquals("", plain.header("Sec-WebSocket-Extensions"));
      subscribe(compressed);
      subscribe(plain);
      for (int i = 0; i < 3; i++) {
        publisher.sendText("{\"op\":\"publish\",\"topic\":\"a\",\"data\":" + DATA + "}");
        RawConnection.Frame small = compressed.read();
        RawConnection.Frame large = plain.read();
        assertTrue(small.compressed());
        assertFalse(large.compressed());
        assertEquals(large.text(), text(small));
        assertTrue(small.payload().length * 10 < large.payload().length);
      }
      compressed.send(COMPRESSED_TEXT, deflated(10 << 20));
      assertEquals(4513, compressed.awaitClose());
      bomb(server);
    }
  }

  /** 400 MB in 400 KB, to a server with a heap of 768 MB that ends when it is full. */
  private void bomb(GatewayServer server) throws Exception {
    byte[] bomb = deflated(400 << 20);
    ProcessProbe.Heap before = new ProcessProbe(server.pid()).heap();
    for (int i = 0; i < 3; i++) {
      try (RawConnection attacker = RawConnection.open(server.webSocketUri(), 0, bearer(), OFFER)) {
        attacker.send(COMPRESSED_TEXT, bomb);
        assertEquals(4513, attacker.awaitClose());
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> new ProcessProbe(server.pid()).heap().total() - before.total() < 20_000_000);
  }

  private void subscribe(RawConnection connection) throws Exception {
    connection.sendText("{\"op\":\"subscribe\",\"topic\":\"a\"}");
    while (!text(connection.read()).contains("\"live\"")) {
      // Welcome and answer are passed over.
    }
  }

  /**
   * So many characters, RFC 7692 §7.2.1; ends with a final block, whose form needs no tail taken
   * off.
   */
  private static byte[] deflated(int length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      byte[] piece = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < length; i += piece.length) {
        out.write(piece);
      }
    }
    return bytes.toByteArray();
  }

  /** RFC 7692 §7.2.2, with one context for the whole connection. */
  private String text(RawConnection.Frame frame) throws DataFormatException {
    if (!frame.compressed()) {
      return frame.text();
    }
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    inflate(frame.payload(), text);
    inflate(TAIL, text);
    return text.toString(StandardCharsets.UTF_8);
  }

  private void inflate(byte[] bytes, ByteArrayOutputStream to) throws DataFormatException {
    byte[] piece = new byte[4096];
    inflater.setInput(bytes);
    for (int n = inflater.inflate(piece); n > 0; n = inflater.inflate(piece)) {
      to.write(piece, 0, n);
    }
  }

  private String bearer() {
    return "Authorization: Bearer " + tokens.token("root", List.of("admin"), Duration.ofHours(1));
  }

  private ServerSettings settings(Path configuration) {
    return new ServerSettings(
            BUILD,
            BUILD.resolve("openclaw-gateway.war"),
            directory,
            Ports.free(),
            Ports.free(),
            Map.of("openclaw.security.jwt.hmac-secret", tokens.secret()))
        .withJvmOptions(List.of("-Djboss.server.config.dir=" + configuration));
  }
}
