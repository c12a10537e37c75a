package io.openclaw.gateway.dev;

import java.nio.file.Path;
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
 */
public record ServerSettings(
    Path build, Path war, Path work, int httpPort, int brokerPort, Map<String, String> properties) {
  public ServerSettings {
    build = build.toAbsolutePath();
    war = war.toAbsolutePath();
    work = work.toAbsolutePath();
    properties = Map.copyOf(properties);
  }

  Path serverConfig() {
    return build.resolveSibling("server-config");
  }
}
