package io.openclaw.gateway.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.cluster.Cluster;
import io.openclaw.gateway.cluster.Node;
import io.openclaw.gateway.cluster.SingleNode;
import io.openclaw.gateway.source.Lag;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceCatalog;
import io.openclaw.gateway.source.SourceCounters;
import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceRegistry;
import io.openclaw.gateway.source.SourceSettings;
import io.openclaw.gateway.source.SourceState;
import io.openclaw.gateway.source.SourceState.Status;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that share their values. */
class SharedSourcesTest {
  private final Cluster cluster = new SingleNode(new Node("n"), System::nanoTime);
  @TempDir private Path folder;

  private static JsonObject json(String name, int revision) {
    return Json.createObjectBuilder().add("name", name).add("revision", revision).build();
  }

  private SourceCatalog catalog(String node) {
    SourceCatalog catalog =
        new SourceCatalog(
            new SourceRegistry(Still::new, Duration.ZERO),
            (kind, text) -> Settings.of(kind, text),
            folder.resolve(node + ".json"));
    catalog.configure(List.of());
    return catalog;
  }

  private SharedSources node(String name) {
    return new SharedSources(cluster, catalog(name), false);
  }

  private static List<String> states(SharedSources node) {
    return node.all().stream()
        .map(each -> each.settings() + " " + each.source().state().status())
        .toList();
  }

  @Test
  void whatIsAddedChangedAndRemovedOnOneNodeIsSoOnTheOther() {
    SharedSources first = node("first");
    SharedSources second = node("second");
    first.sweep();
    second.sweep();
    first.put("x:a", json("a", 1));
    second.sweep();
    assertEquals(List.of("x:a 1 UP"), states(second));
    second.put("x:a", json("a", 2));
    first.sweep();
    assertEquals(List.of("x:a 2 UP"), states(first));
    assertTrue(first.remove("x:a"));
    second.sweep();
    assertEquals(List.of(), states(second));
    assertFalse(second.remove("x:a"));
  }

  @Test
  void whatIsPausedOnOneNodeIsPausedOnTheOtherAndGoesOnThere() {
    SharedSources first = node("first");
    SharedSources second = node("second");
    first.sweep();
    second.sweep();
    first.put("x:a", json("a", 1));
    first.pause("x:a", true);
    second.sweep();
    assertEquals(List.of("x:a 1 PAUSED"), states(second));
    second.pause("x:a", false);
    first.sweep();
    assertEquals(List.of("x:a 1 UP"), states(first));
  }

  @Test
  void theFirstNodeBeginsWithItsFileAndOthersDoAsItDoes() {
    catalog("first").put("x:a", json("a", 1));
    catalog("second").put("x:b", json("b", 1));
    SharedSources first = node("first");
    SharedSources second = node("second");
    first.sweep();
    second.sweep();
    assertEquals(List.of("x:a 1 UP"), states(first));
    assertEquals(List.of("x:a 1 UP"), states(second));
    assertEquals(1, catalog("second").added().size());
  }

  @Test
  void whatIsLostIsPutThereAgainAndNotRemoved() {
    SharedSources first = node("first");
    SharedSources second = node("second");
    first.sweep();
    second.sweep();
    first.put("x:a", json("a", 1));
    second.sweep();
    cluster.map("sources").entries().keySet().forEach(key -> cluster.map("sources").remove(key));
    second.sweep();
    first.sweep();
    assertEquals(List.of("x:a 1 UP"), states(first));
    SharedSources third = node("third");
    third.sweep();
    assertEquals(List.of("x:a 1 UP"), states(third));
  }

  @Test
  void aloneNothingIsShared() {
    SharedSources alone = new SharedSources(cluster, catalog("alone"), true);
    alone.put("x:a", json("a", 1));
    alone.pause("x:a", true);
    alone.sweep();
    assertEquals(List.of("x:a 1 PAUSED"), states(alone));
    assertTrue(cluster.map("sources").entries().isEmpty());
  }

  private record Settings(String name, int revision, SourceOptions options)
      implements SourceSettings {
    static Settings of(String kind, String text) {
      JsonObject json = Json.createReader(new StringReader(text)).readObject();
      return new Settings(
          kind + ":" + json.getString("name"), json.getInt("revision"), SourceOptions.DEFAULT);
    }

    @Override
    public String toString() {
      return name + " " + revision;
    }
  }

  private static final class Still implements Source {
    private final SourceSettings settings;
    private Status status = Status.UP;

    Still(SourceSettings settings) {
      this.settings = settings;
    }

    @Override
    public SourceState state() {
      return SourceState.of(settings.name(), status);
    }

    @Override
    public SourceCounters.Counts counts() {
      return SourceCounters.Counts.NONE;
    }

    @Override
    public Optional<Lag> lag() {
      return Optional.empty();
    }

    @Override
    public void start() {
      status = Status.UP;
    }

    @Override
    public void pause() {
      status = Status.PAUSED;
    }

    @Override
    public void resume() {
      status = Status.UP;
    }

    @Override
    public void stop(Duration patience) {
      status = Status.STOPPED;
    }
  }
}
