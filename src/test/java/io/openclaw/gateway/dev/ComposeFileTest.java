package io.openclaw.gateway.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docker-compose.yml against the schema of the Compose specification, and its promises. */
class ComposeFileTest {
  private final JsonNode compose = read();

  @Test
  void followsTheComposeSpecification() throws IOException {
    assertEquals(List.of(), schema().validate(compose).stream().map(Error::toString).toList());
  }

  @Test
  void publishesPortsOnLoopbackOnly() {
    for (JsonNode port : compose.findValues("ports")) {
      port.forEach(
          mapping -> assertTrue(mapping.asText().startsWith("127.0.0.1:"), port::toString));
    }
  }

  @Test
  void mountsFilesThatExistOrAreBuilt() {
    for (JsonNode volumes : compose.findValues("volumes")) {
      volumes.forEach(volume -> assertIsThere(volume.asText().split(":", 2)[0]));
    }
  }

  @Test
  void namesTheVersionOfEachImage() {
    for (JsonNode image : compose.findValues("image")) {
      assertTrue(image.asText().matches("[a-z/-]+:v?[0-9][A-Za-z0-9.-]*"), image::asText);
    }
  }

  @Test
  void givesTheGatewayOnlyOptionsThatTheDevelopmentRunGivesToo(@TempDir Path work) {
    ServerSettings settings =
        new ServerSettings(Path.of("target"), Path.of("a.war"), work, 1, 1, Map.of());
    ClusterPlace cluster = ClusterPlace.of(1, List.of(1, 2));
    List<String> known = new ArrayList<>(PayaraMicro.jvmOptions(settings.withCluster(cluster)));
    known.add("-XX:MaxRAMPercentage=60");
    JsonNode gateway = compose.at("/services/gateway");
    for (String option : gateway.at("/environment/JAVA_TOOL_OPTIONS").asText().split(" ", -1)) {
      String name = option.substring(0, option.indexOf('=') + 1);
      assertTrue(known.stream().anyMatch(other -> other.startsWith(name)), option);
    }
    List<String> options = new ArrayList<>(PayaraMicro.serverOptions(settings));
    options.addAll(cluster.payaraOptions());
    options.addAll(List.of("--deploy", "--postbootcommandfile"));
    command().stream()
        .filter(word -> word.startsWith("--"))
        .forEach(word -> assertTrue(options.contains(word), word));
  }

  private List<String> command() {
    List<String> words = new ArrayList<>();
    compose.at("/services/gateway/command").forEach(word -> words.add(word.asText()));
    return words;
  }

  /** Whatever does not begin with a dot is a volume with a name. */
  private static void assertIsThere(String file) {
    boolean isBuilt = file.startsWith("./target/");
    assertTrue(isBuilt || !file.startsWith(".") || Files.exists(Path.of(file)), file);
  }

  @Test
  void everyServiceSaysWhetherItIsWell() {
    for (JsonNode service : compose.get("services")) {
      assertTrue(service.has("healthcheck"), service::toString);
    }
  }

  @Test
  void theNodesTalkToEachOtherOnANetworkOfTheirOwn() {
    assertTrue(compose.at("/networks/cluster/internal").asBoolean());
    List<String> there = new ArrayList<>();
    compose
        .get("services")
        .properties()
        .forEach(
            service -> {
              if (service.getValue().at("/networks/cluster").isObject()) {
                there.add(service.getKey());
              }
            });
    assertEquals(List.of("gateway"), there);
    assertTrue(command().contains("dns:members:6900"));
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Files.readString(Path.of("docker-compose.yml")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema schema() throws IOException {
    try (InputStream in = ComposeFileTest.class.getResourceAsStream("/compose-spec.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(in);
    }
  }
}
