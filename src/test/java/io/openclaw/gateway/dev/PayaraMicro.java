package io.openclaw.gateway.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How Payara Micro is started: the command line that the deployment guide documents. */
public final class PayaraMicro {
  private PayaraMicro() {}

  static ChildProcess launch(ServerSettings settings) {
    List<String> arguments = new ArrayList<>(jvmOptions(settings.withoutSecrets()));
    arguments.add("-jar");
    arguments.add(settings.build().resolve("server/payara-micro.jar").toString());
    arguments.addAll(settings.cluster().payaraOptions());
    arguments.addAll(serverOptions(settings));
    arguments.add("--deploy");
    arguments.add(settings.war().toString());
    for (Path application : settings.applications()) {
      arguments.add("--deploy");
      arguments.add(application.toString());
    }
    return ChildProcess.java("payara", settings.work(), arguments, settings.secretVariables());
  }

  /** What stands before {@code -jar}. */
  public static List<String> jvmOptions(ServerSettings settings) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xms256m",
                "-Xmx768m",
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                // Whoever tries something out does not want to wait for its end.
                "-Dopenclaw.drain.duration=0s",
                "-Djava.net.preferIPv4Stack=true",
                "-Dhazelcast.socket.bind.any=false",
                "-Dcom.sun.enterprise.connectors.inbound.ramid=artemis-ra",
                "-Djava.io.tmpdir=" + temporary(settings),
                "-Dopenclaw.broker.ra=" + settings.build().resolve("artemis-ra.rar"),
                "-Dopenclaw.broker.host=127.0.0.1",
                "-Dopenclaw.broker.port=" + settings.brokerPort()));
    settings.properties().forEach((key, value) -> options.add("-D" + key + "=" + value));
    options.addAll(settings.cluster().jvmOptions());
    options.addAll(settings.jvmOptions());
    return options;
  }

  /** What stands after the server's archive, but for the application. */
  public static List<String> serverOptions(ServerSettings settings) {
    Path config = settings.serverConfig().resolve("payara");
    return List.of(
        "--disablephonehome",
        "--port",
        Integer.toString(settings.httpPort()),
        "--prebootcommandfile",
        settings.preBoot().isEmpty()
            ? config.resolve("loopback.asadmin").toString()
            : settings.preBoot(),
        "--postbootcommandfile",
        config.resolve("post-boot.asadmin").toString());
  }

  /** The server unpacks itself there, and so it goes when the work directory goes. */
  private static Path temporary(ServerSettings settings) {
    try {
      return Files.createDirectories(settings.work().resolve("tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
