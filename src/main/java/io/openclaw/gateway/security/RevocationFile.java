package io.openclaw.gateway.security;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;

/**
 * Keeps revocations in a file: a JSON array, see {@link RevocationJson}. A new state takes the
 * place of the old one at one moment. Confined to one thread at a time.
 */
final class RevocationFile {
  private static final JsonProvider JSON = JsonProvider.provider();

  private final Path path;

  RevocationFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /**
   * @return what it has; nothing if it is not there
   * @throws IllegalArgumentException if it cannot be used
   */
  List<Revocation> read() {
    if (!Files.exists(path)) {
      return List.of();
    }
    try (JsonReader reader = JSON.createReader(Files.newInputStream(path))) {
      return reader.readArray().getValuesAs(JsonObject.class).stream()
          .map(RevocationJson::of)
          .toList();
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "allowed is the path of a file that the gateway wrote, or of none yet", e);
    }
  }

  void write(Collection<Revocation> revocations) {
    JsonArrayBuilder array = JSON.createArrayBuilder();
    revocations.forEach(each -> array.add(RevocationJson.json(each)));
    try {
      Path next = path.resolveSibling(path.getFileName() + ".next");
      Files.writeString(next, array.build().toString());
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("revocations cannot be written to " + path, e);
    }
  }
}
