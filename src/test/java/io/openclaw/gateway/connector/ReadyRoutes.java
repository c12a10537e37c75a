package io.openclaw.gateway.connector;

import io.openclaw.gateway.source.camel.RouteFileSettings;
import io.openclaw.gateway.source.camel.RouteFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes that the project ships, as they are. */
public final class ReadyRoutes {
  private static final String SUFFIX = ".yaml";
  private static final Path DIRECTORY =
      Path.of(System.getProperty("openclaw.home", "")).resolve("docs/examples/routes");

  private ReadyRoutes() {}

  /** The names of all of them. */
  public static Set<String> names() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files
          .map(file -> file.getFileName().toString())
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .collect(Collectors.toSet());
    }
  }

  /** One of them. */
  public static RouteFileSettings file(String name) throws IOException {
    return RouteFixture.file(name, Files.readString(DIRECTORY.resolve(name + SUFFIX)));
  }
}
