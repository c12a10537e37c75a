package io.openclaw.gateway.wiring.settings;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.openclaw.gateway.security.AccessPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema and the reader say the same of the same files. */
class SchemaTest {
  private static final Pattern YAML_BLOCK =
      Pattern.compile(
          "```yaml\\n((?:topics|access|limits|issuers|api-keys|kafka|sources|services|spaces):.*?)```",
          Pattern.DOTALL);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(resource("openclaw.schema.json"));

  private static String resource(String name) {
    try (InputStream in = SchemaTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> schemaFaults(String yaml) {
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return SCHEMA.validate(JSON.<JsonNode>valueToTree(loaded)).stream()
        .map(Error::toString)
        .toList();
  }

  private static GatewayConfiguration read(String yaml) {
    SettingsReader settings = new SettingsReader(new EverySetting());
    return new ConfigurationReader(settings).read("openclaw.yaml", yaml);
  }

  /** Has a value for every key. */
  private static final class EverySetting implements SettingsSource {
    @Override
    public @Nullable String get(String key) {
      if (key.endsWith("secret")) {
        return "a-secret-of-more-than-thirty-two-bytes";
      }
      return key.endsWith("url") ? "jdbc:postgresql://host/database" : "1s";
    }

    @Override
    public Iterable<String> keys() {
      return List.of();
    }
  }

  private static Stream<String> documents(String name) {
    return Arrays.stream(resource(name).split("(?m)^---\\n"));
  }

  private static String title(String document) {
    return document.lines().findFirst().orElse("");
  }

  @TestFactory
  Stream<DynamicTest> bothAcceptWhatIsGood() {
    return documents("good.yaml").map(yaml -> dynamicTest(title(yaml), () -> assertGood(yaml)));
  }

  private static void assertGood(String yaml) {
    assertEquals(List.of(), schemaFaults(yaml));
    assertDoesNotThrow(() -> read(yaml));
  }

  @TestFactory
  Stream<DynamicTest> bothRefuseWhatIsBad() {
    return documents("bad.yaml").map(yaml -> dynamicTest(title(yaml), () -> assertBad(yaml)));
  }

  private static void assertBad(String yaml) {
    assertFalse(schemaFaults(yaml).isEmpty(), "the schema accepts it");
    ConfigurationException e = assertThrows(ConfigurationException.class, () -> read(yaml));
    assertTrue(e.faults().stream().allMatch(fault -> fault.startsWith("openclaw.yaml:")));
  }

  @TestFactory
  Stream<DynamicTest> bothAcceptEveryFileOfTheRepository() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String folder : List.of("docs", "server-config", "src/main", "src/test/java")) {
      try (Stream<Path> found = Files.walk(Path.of(folder))) {
        found
            .filter(path -> path.getFileName().toString().matches(".*openclaw.*\\.ya?ml"))
            .forEach(files::add);
      }
    }
    assertFalse(files.isEmpty());
    return files.stream()
        .map(file -> dynamicTest(file.toString(), () -> assertGood(Files.readString(file))));
  }

  @TestFactory
  Stream<DynamicTest> bothAcceptTheExamplesOfTheDocuments() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String name : List.of("docs/configuration.md", "docs/forward.md", "docs/security.md")) {
      Matcher blocks = YAML_BLOCK.matcher(Files.readString(Path.of(name)));
      while (blocks.find()) {
        String yaml = blocks.group(1);
        tests.add(dynamicTest(name + ": " + title(yaml), () -> assertGood(yaml)));
      }
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  @Test
  void theBuiltInFileGrantsNothingToAnyoneAndEverythingToAdmins() {
    GatewayConfiguration builtIn = read(LiveConfiguration.builtIn());
    assertEquals(1, builtIn.access().size());
    assertFalse(new AccessPolicy(builtIn.access()).grantsAnyoneSomething());
  }
}
