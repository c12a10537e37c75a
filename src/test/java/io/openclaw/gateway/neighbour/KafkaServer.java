package io.openclaw.gateway.neighbour;

import io.openclaw.gateway.dev.Ports;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One broker of Kafka with what it has in its directory. <i>Confined to one thread.</i> */
public final class KafkaServer implements Neighbour {
  private final int port = Ports.free();
  private final ServerProcess process;
  private int starts;

  KafkaServer(Path directory) {
    Path home = directory.toAbsolutePath();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    process =
        new ServerProcess(
            List.of(
                java,
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath(),
                KafkaBroker.class.getName(),
                Integer.toString(port),
                Integer.toString(Ports.free()),
                home.resolve("kafka").toString()),
            Map.of(),
            home);
    restart();
  }

  /** What this JVM runs with, from whatever directory. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public int port() {
    return port;
  }

  /** What clients are told to connect to. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void restart() {
    process.kill();
    starts++;
    process.start(
        () -> process.output().lines().filter(KafkaBroker.READY::equals).count() == starts);
  }

  @Override
  public void close() {
    kill();
  }
}
