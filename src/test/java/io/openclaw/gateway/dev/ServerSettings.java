package io.openclaw.gateway.dev;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one started server needs to know.
 *
 * @param build the directory with what the build made, the servers too ({@code target})
 * @param war the application
 * @param work a directory for its files; must exist
 * @param httpPort where it listens, on loopback
 * @param brokerPort where its broker is; on WildFly, where its own broker listens
 * @param properties system properties of the server, the configuration of the gateway
 * @param jvmOptions further options of its JVM; they count more than the usual ones
 */
public record ServerSettings(
    Path build,
    Path war,
    Path work,
    int httpPort,
    int brokerPort,
    Map<String, String> properties,
    List<String> jvmOptions) {
  public ServerSettings {
    build = build.toAbsolutePath();
    war = war.toAbsolutePath();
    work = work.toAbsolutePath();
    properties = Map.copyOf(properties);
    jvmOptions = List.copyOf(jvmOptions);
  }

  /** With the usual options of the JVM. */
  public ServerSettings(
      Path build,
      Path war,
      Path work,
      int httpPort,
      int brokerPort,
      Map<String, String> properties) {
    this(build, war, work, httpPort, brokerPort, properties, List.of());
  }

  /** The same with further options of the JVM. */
  public ServerSettings withJvmOptions(List<String> options) {
    return new ServerSettings(build, war, work, httpPort, brokerPort, properties, options);
  }

  Path serverConfig() {
    return build.resolveSibling("server-config");
  }
}
