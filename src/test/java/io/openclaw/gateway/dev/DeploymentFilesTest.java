package io.openclaw.gateway.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manifests, and what Prometheus and Grafana are given. */
class DeploymentFilesTest {
  private static final Path CONFIG = Path.of("server-config");
  private static final Path KUBERNETES = CONFIG.resolve("kubernetes");

  /** A metric of ours in an expression. */
  private static final Pattern OURS = Pattern.compile("openclaw_[a-z_]+");

  private static final Set<String> METRICS =
      Set.of(
          "openclaw_source_up",
          "openclaw_source_lag",
          "openclaw_source_events_total",
          "openclaw_source_failures_total");

  @Test
  void manifestsFollowTheSchemaOfKubernetes() throws IOException {
    Schema schema = schema();
    for (Path file : manifests()) {
      for (JsonNode document : documents(file)) {
        List<Error> faults = schema.validate(document);
        assertEquals(List.of(), faults.stream().map(fault -> file + " " + fault).toList());
      }
    }
  }

  /** WildFly destroys a queue of its configuration, and what waits in it, whenever it stops. */
  @Test
  void theBrokerOfWildFlyKeepsItsQueues() throws IOException {
    String commands = Files.readString(CONFIG.resolve("wildfly/openclaw.cli"));
    assertFalse(commands.lines().anyMatch(line -> line.matches("/.*/queue=.*:add.*")));
    assertTrue(commands.contains("write-attribute(name=auto-delete-queues,value=false)"));
  }

  @Test
  void theSchemaFindsWhatIsWrong() throws IOException {
    String text = Files.readString(KUBERNETES.resolve("gateway.yaml"));
    Schema schema = schema();
    for (String wrong :
        List.of(
            text.replace("replicas: 3", "replicas: three"),
            text.replace("minReadySeconds", "minReadySecs"),
            text.replace("failureThreshold: 90", "failures: 90"),
            text.replace("kind: Deployment", "kind: Deploymint"))) {
      assertFalse(schema.validate(new YAMLMapper().readTree(wrong)).isEmpty());
    }
  }

  @Test
  void everyManifestIsInTheKustomization() throws IOException {
    String kustomization = Files.readString(KUBERNETES.resolve("kustomization.yaml"));
    for (Path file : manifests()) {
      assertTrue(kustomization.contains("- " + file.getFileName()), file::toString);
    }
    for (JsonNode resource :
        documents(KUBERNETES.resolve("kustomization.yaml")).get(0).get("resources")) {
      assertTrue(Files.isRegularFile(KUBERNETES.resolve(resource.asText())), resource::asText);
    }
  }

  @Test
  void whatSelectsSelectsTheGateways() throws IOException {
    JsonNode gateway = documents(KUBERNETES.resolve("gateway.yaml")).get(0);
    JsonNode labels = gateway.at("/spec/template/metadata/labels");
    assertEquals(labels, gateway.at("/spec/selector/matchLabels"));
    for (JsonNode service : documents(KUBERNETES.resolve("services.yaml"))) {
      assertEquals(labels, service.at("/spec/selector"));
    }
    assertEquals(
        labels,
        documents(KUBERNETES.resolve("disruption-budget.yaml"))
            .get(0)
            .at("/spec/selector/matchLabels"));
    assertEquals(
        labels,
        documents(KUBERNETES.resolve("network-policy.yaml"))
            .get(0)
            .at("/spec/podSelector/matchLabels"));
  }

  @Test
  void theGraceOfAPodIsLongerThanItsDrain() throws IOException {
    JsonNode gateway = documents(KUBERNETES.resolve("gateway.yaml")).get(0);
    JsonNode settings = documents(KUBERNETES.resolve("settings.yaml")).get(0).get("data");
    int drain =
        seconds(settings.get("OPENCLAW_DRAIN_DELAY"))
            + seconds(settings.get("OPENCLAW_DRAIN_DURATION"));
    int grace = gateway.at("/spec/template/spec/terminationGracePeriodSeconds").asInt();
    assertTrue(grace >= drain + 20, () -> grace + " s for " + drain + " s");
  }

  @Test
  void prometheusLooksAtNamesOfTheComposition() throws IOException {
    JsonNode services = documents(Path.of("docker-compose.yml")).get(0).get("services");
    JsonNode jobs =
        documents(CONFIG.resolve("prometheus/prometheus.yml")).get(0).get("scrape_configs");
    Set<String> names = new TreeSet<>();
    jobs.forEach(
        job -> job.at("/dns_sd_configs/0/names").forEach(name -> names.add(name.asText())));
    jobs.forEach(
        job ->
            job.at("/static_configs/0/targets")
                .forEach(target -> names.add(target.asText().split(":", 2)[0])));
    assertEquals(Set.of("gateway", "proxy"), names);
    names.forEach(name -> assertTrue(services.has(name), name));
  }

  @Test
  void dashboardsAndAlertsAskForMetricsThatThereAre() throws IOException {
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(Files.readString(CONFIG.resolve("grafana/dashboards/openclaw.json")));
    List<String> expressions = new ArrayList<>();
    dashboard.findValues("expr").forEach(each -> expressions.add(each.asText()));
    documents(CONFIG.resolve("prometheus/alerts.yml"))
        .get(0)
        .findValues("expr")
        .forEach(each -> expressions.add(each.asText()));
    Set<String> asked = new TreeSet<>();
    for (String expression : expressions) {
      Matcher ours = OURS.matcher(expression);
      while (ours.find()) {
        asked.add(ours.group());
      }
    }
    assertEquals(new TreeSet<>(METRICS), asked);
  }

  @Test
  void panelsHaveNumbersOfTheirOwnAndDoNotOverlap() throws IOException {
    JsonNode dashboard =
        new ObjectMapper()
            .readTree(Files.readString(CONFIG.resolve("grafana/dashboards/openclaw.json")));
    Set<Integer> ids = new TreeSet<>();
    Set<String> places = new TreeSet<>();
    for (JsonNode panel : dashboard.get("panels")) {
      assertTrue(ids.add(panel.get("id").asInt()));
      assertTrue(places.add(panel.at("/gridPos/x") + " " + panel.at("/gridPos/y")));
    }
  }

  private static int seconds(JsonNode duration) {
    return Integer.parseInt(duration.asText().replace("s", ""));
  }

  private static List<Path> manifests() throws IOException {
    try (Stream<Path> files = Files.list(KUBERNETES)) {
      return files.filter(file -> !file.endsWith("kustomization.yaml")).sorted().toList();
    }
  }

  private static List<JsonNode> documents(Path file) throws IOException {
    YAMLMapper mapper = new YAMLMapper();
    try (var values =
        mapper
            .readerFor(JsonNode.class)
            .<JsonNode>readValues(new YAMLFactory().createParser(Files.readString(file)))) {
      return values.readAll();
    }
  }

  private static Schema schema() {
    try (InputStream in = DeploymentFilesTest.class.getResourceAsStream("/kubernetes.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
