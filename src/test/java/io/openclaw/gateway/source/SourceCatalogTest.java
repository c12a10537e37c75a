package io.openclaw.gateway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceCatalogTest {
  private static final JsonObject ONE = json(1);

  @TempDir private Path directory;
  private final List<String> notes = new ArrayList<>();

  private static JsonObject json(int revision) {
    return Json.createObjectBuilder().add("name", "a").add("revision", revision).build();
  }

  private SourceCatalog catalog(@Nullable Path file) {
    SourceRegistry registry =
        new SourceRegistry(settings -> new StillSource(settings.name(), notes), Duration.ZERO);
    return new SourceCatalog(registry, SourceCatalogTest::read, file);
  }

  private static SourceSettings read(String kind, String text) {
    JsonObject json = Json.createReader(new StringReader(text)).readObject();
    if (!json.containsKey("revision")) {
      throw new IllegalArgumentException("no revision");
    }
    return StillSource.Settings.of(kind + ":" + json.getString("name"), json.getInt("revision"));
  }

  private Path file() {
    return directory.resolve("sources.json");
  }

  @Test
  void whatIsAddedRunsBesideWhatIsConfigured() {
    SourceCatalog catalog = catalog(file());
    catalog.configure(List.of(StillSource.Settings.of("x:b", 1)));
    catalog.put("x:a", ONE);
    catalog.put("x:a", json(2));
    assertTrue(catalog.remove("x:a"));
    assertFalse(catalog.remove("x:a"));
    assertEquals(List.of("start x:b", "start x:a", "stop x:a", "start x:a", "stop x:a"), notes);
  }

  @Test
  void whatIsAddedIsThereAfterARestart() {
    catalog(file()).put("x:a", ONE);
    SourceCatalog again = catalog(file());
    again.configure(List.of());
    assertEquals(List.of("x:a"), again.all().stream().map(each -> each.name()).toList());
  }

  @Test
  void whatCannotBeReadAnyMoreIsDownAndTheOthersRun() throws IOException {
    catalog(file()).put("x:a", ONE);
    String text = Files.readString(file());
    Files.writeString(file(), text.replace("{\"x:a\"", "{\"x:old\":{\"name\":\"new\"},\"x:a\""));
    SourceCatalog again = catalog(file());
    again.configure(List.of());
    assertEquals(
        SourceState.Status.DOWN, again.find("x:old").orElseThrow().source().state().status());
    assertEquals(SourceState.Status.UP, again.find("x:a").orElseThrow().source().state().status());
    assertTrue(again.remove("x:old"));
  }

  @Test
  void onlyTheGatewayMayReadTheFile() throws IOException {
    catalog(file()).put("x:a", ONE);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @Test
  void whatIsConfiguredIsNotChangedHere() {
    SourceCatalog catalog = catalog(file());
    catalog.configure(List.of(StillSource.Settings.of("x:a", 1)));
    assertThrows(IllegalArgumentException.class, () -> catalog.put("x:a", ONE));
    assertThrows(IllegalArgumentException.class, () -> catalog.remove("x:a"));
  }

  @Test
  void withoutAFileNoneIsAdded() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> catalog(null).put("x:a", ONE));
    assertTrue(String.valueOf(e.getMessage()).contains("openclaw.sources.file"));
  }

  @Test
  void aSourceHasTheNameThatItIsPutUnder() throws IOException {
    assertThrows(IllegalArgumentException.class, () -> catalog(file()).put("x:b", ONE));
    assertFalse(Files.exists(file()));
  }

  @Test
  void aFileThatIsNoneIsToldWithTheSetting() throws IOException {
    Files.writeString(file(), "[1");
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> catalog(file()));
    assertTrue(String.valueOf(e.getMessage()).startsWith("openclaw.sources.file"));
  }
}
