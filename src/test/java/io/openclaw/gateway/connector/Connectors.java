package io.openclaw.gateway.connector;

import io.openclaw.gateway.camel.ConnectorLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The jars of connectors, fetched as an operator fetches them: {@code ./openclaw connector}. */
public final class Connectors {
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();

  private Connectors() {}

  /** The directory with the jars of a connector; fetches them if they are not there. */
  public static Path directory(String name) {
    Path directory = HOME.resolve("target/connectors").resolve(name);
    Path done = directory.resolve("fetched");
    try {
      if (!Files.exists(done)) {
        fetch(name, directory);
        Files.createFile(done);
      }
      return directory;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void fetch(String name, Path directory) throws IOException {
    Path log =
        Files.createDirectories(HOME.resolve("target")).resolve("connector-" + name + ".log");
    Process process =
        new ProcessBuilder(
                List.of(
                    HOME.resolve("openclaw").toString(),
                    "connector",
                    name,
                    "--into",
                    directory.toString()))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(Files.readString(log));
    }
  }

  /** Sees them. */
  public static ConnectorLoader loader(String name) {
    return ConnectorLoader.of(directory(name), Connectors.class.getClassLoader());
  }
}
