package io.openclaw.gateway.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How Payara Micro is started: the command line that the deployment guide documents. */
final class PayaraMicro {
  private PayaraMicro() {}

  static ChildProcess launch(ServerSettings settings) {
    Path config = settings.serverConfig().resolve("payara");
    List<String> arguments = new ArrayList<>(jvmOptions(temporary(settings)));
    settings.properties().forEach((key, value) -> arguments.add("-D" + key + "=" + value));
    arguments.addAll(
        List.of(
            "-Dopenclaw.broker.ra=" + settings.build().resolve("artemis-ra.rar"),
            "-Dopenclaw.broker.host=127.0.0.1",
            "-Dopenclaw.broker.port=" + settings.brokerPort(),
            "-jar",
            settings.build().resolve("server/payara-micro.jar").toString(),
            "--nocluster",
            "--disablephonehome",
            "--port",
            Integer.toString(settings.httpPort()),
            "--prebootcommandfile",
            config.resolve("loopback.asadmin").toString(),
            "--postbootcommandfile",
            config.resolve("post-boot.asadmin").toString(),
            "--deploy",
            settings.war().toString()));
    return ChildProcess.java("payara", settings.work(), arguments);
  }

  private static List<String> jvmOptions(Path temporary) {
    return List.of(
        "-Xms256m",
        "-Xmx768m",
        "-XX:+UseG1GC",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.net.preferIPv4Stack=true",
        "-Dhazelcast.socket.bind.any=false",
        "-Dcom.sun.enterprise.connectors.inbound.ramid=artemis-ra",
        "-Djava.io.tmpdir=" + temporary);
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
