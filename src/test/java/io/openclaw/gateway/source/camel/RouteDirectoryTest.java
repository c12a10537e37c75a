package io.openclaw.gateway.source.camel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.openclaw.gateway.source.SourceOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteDirectoryTest {
  @TempDir Path folder;
  private RouteDirectory directory;

  @BeforeEach
  void create() {
    directory = new RouteDirectory(folder);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private List<String> look(RouteFileOptions... named) {
    return directory.look(List.of(named)).stream()
        .map(file -> file.name() + "=" + file.text() + file.fault())
        .toList();
  }

  @Test
  void readsAtTheFirstLookWhatIsThere() throws IOException {
    write("a.yaml", "1");
    write("b.yml", "2");
    write(".c.yaml", "3");
    Files.createDirectory(folder.resolve("d.yaml"));
    assertEquals(List.of("camel:a=1"), look());
  }

  @Test
  void readsAnotherFileWhenTwoLooksFindItTheSame() throws IOException {
    look();
    write("a.yaml", "1");
    assertEquals(List.of(), look());
    assertEquals(List.of("camel:a=1"), look());
  }

  @Test
  void keepsTheTextBeforeWhileAFileIsBeingWritten() throws IOException {
    write("a.yaml", "1");
    look();
    write("a.yaml", "12");
    assertEquals(List.of("camel:a=1"), look());
    write("a.yaml", "123");
    assertEquals(List.of("camel:a=1"), look());
    assertEquals(List.of("camel:a=123"), look());
  }

  @Test
  void forgetsAFileThatIsGone() throws IOException {
    write("a.yaml", "1");
    look();
    Files.delete(folder.resolve("a.yaml"));
    assertEquals(List.of(), look());
  }

  @Test
  void tellsWhyAFileCannotBeRead() throws IOException {
    Files.write(folder.resolve("a.yaml"), new byte[] {(byte) 0xff});
    Files.write(folder.resolve("b.yaml"), new byte[(1 << 20) + 1]);
    assertEquals(
        List.of(
            "camel:a=the file cannot be read as UTF-8 (MalformedInputException)",
            "camel:b=a file of routes has at most 1048576 bytes"),
        look());
  }

  @Test
  void hasAFileThatTheConfigurationNamesEvenIfThereIsNone() throws IOException {
    write("a.yaml", "1");
    RouteFileOptions named = new RouteFileOptions("b.yaml", SourceOptions.DEFAULT);
    assertEquals(List.of("camel:a=1", "camel:b=there is no such file"), look(named));
  }

  @Test
  void doesNotRequireAFileThatTheConfigurationDoesNotName() throws IOException {
    write("a.yaml", "1");
    write("b.yaml", "1");
    RouteFileOptions named = new RouteFileOptions("b.yaml", SourceOptions.DEFAULT);
    List<RouteFileSettings> files = directory.look(List.of(named));
    assertFalse(files.get(0).options().required());
    assertEquals(SourceOptions.DEFAULT, files.get(1).options());
  }

  @Test
  void keepsWhatWasThereWhileTheDirectoryCannotBeRead() throws IOException {
    write("a.yaml", "1");
    look();
    Files.delete(folder.resolve("a.yaml"));
    Files.delete(folder);
    assertEquals(List.of("camel:a=1"), look());
  }

  @Test
  void neverShowsTheText() {
    assertFalse(
        new RouteFileSettings("a.yaml", "hunter2000", "", SourceOptions.DEFAULT)
            .toString()
            .contains("hunter2000"));
  }
}
