package io.openclaw.gateway.source;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keeps sources in a file: a JSON object of names and what was written about each. A new state
 * takes the place of the old one at one moment. Confined to one thread at a time.
 */
final class AddedSourcesFile {
  private static final JsonProvider JSON = JsonProvider.provider();

  private final Path path;

  AddedSourcesFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /**
   * @return what it has; nothing if it is not there
   * @throws IllegalArgumentException if it cannot be used
   */
  Map<String, JsonObject> read() {
    Map<String, JsonObject> sources = new LinkedHashMap<>();
    if (!Files.exists(path)) {
      return sources;
    }
    try (JsonReader reader = JSON.createReader(Files.newInputStream(path))) {
      reader.readObject().forEach((name, json) -> sources.put(name, json.asJsonObject()));
      return sources;
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "openclaw.sources.file: allowed is the path of a file that the gateway wrote, or of none"
              + " yet",
          e);
    }
  }

  void write(Map<String, JsonObject> sources) {
    JsonObjectBuilder json = JSON.createObjectBuilder();
    sources.forEach(json::add);
    try {
      Path next = path.resolveSibling(path.getFileName() + ".next");
      Files.deleteIfExists(next);
      create(next);
      Files.writeString(next, json.build().toString());
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("sources cannot be written to " + path, e);
    }
  }

  /** Passwords may be in it: it is the gateway's alone, where files can be anybody's. */
  private static void create(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
  }
}
