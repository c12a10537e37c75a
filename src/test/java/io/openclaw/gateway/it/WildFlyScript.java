package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The scripts of {@code server-config/wildfly}. */
final class WildFlyScript {
  private static final Path HOME =
      Path.of(System.getProperty("openclaw.home", "")).toAbsolutePath();
  private static final Path DISTRIBUTION = HOME.resolve("target/server/wildfly");

  private WildFlyScript() {}

  /**
   * Runs one on a copy of the prepared distribution's configuration, in {@code directory}.
   *
   * @return where the configuration is now: {@code jboss.server.config.dir}
   */
  static Path run(String name, Path directory) throws IOException, InterruptedException {
    Path base = directory.resolve(name + ".d");
    Path configuration = Files.createDirectories(base.resolve("configuration"));
    try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("standalone/configuration"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, configuration.resolve(file.getFileName()));
      }
    }
    Path log = directory.resolve(name + ".log");
    ProcessBuilder script =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djboss.server.base.dir=" + base,
                "-jar",
                DISTRIBUTION.resolve("jboss-modules.jar").toString(),
                "-mp",
                DISTRIBUTION.resolve("modules").toString(),
                "org.jboss.as.cli",
                "--file=" + HOME.resolve("server-config/wildfly").resolve(name))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    script.environment().put("JBOSS_HOME", DISTRIBUTION.toString());
    Process running = script.start();
    assertTrue(running.waitFor(60, TimeUnit.SECONDS), "the script does not end");
    assertEquals(0, running.exitValue(), Files.readString(log));
    return configuration;
  }
}
