package io.openclaw.gateway.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** How nodes write to each other: in JSON, of which each reads what it knows. */
final class Wire {
  static final JsonProvider JSON = JsonProvider.provider();

  /** How long another node may take for an answer. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private Wire() {}

  static byte[] bytes(JsonValue json) {
    return json.toString().getBytes(UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  static JsonObject object(byte[] bytes) {
    try (JsonReader reader = JSON.createReader(new ByteArrayInputStream(bytes))) {
      return reader.readObject();
    }
  }

  /** The names of those who should have answered and did not. */
  static List<String> missing(Cluster cluster, Collection<Node> answered) {
    return cluster.others().stream()
        .filter(node -> !answered.contains(node))
        .map(Node::name)
        .toList();
  }
}
