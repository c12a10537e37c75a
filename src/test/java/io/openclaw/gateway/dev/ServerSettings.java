package io.openclaw.gateway.dev;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

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
 * @param preBoot what Payara Micro runs before it boots; empty: the usual commands
 * @param applications that are deployed beside it
 * @param cluster where its cluster engine is
 */
public record ServerSettings(
    Path build,
    Path war,
    Path work,
    int httpPort,
    int brokerPort,
    Map<String, String> properties,
    List<String> jvmOptions,
    String preBoot,
    List<Path> applications,
    ClusterPlace cluster) {
  public ServerSettings {
    build = build.toAbsolutePath();
    war = war.toAbsolutePath();
    work = work.toAbsolutePath();
    properties = Map.copyOf(properties);
    jvmOptions = List.copyOf(jvmOptions);
    applications = applications.stream().map(Path::toAbsolutePath).toList();
  }

  /** With the usual options of the JVM. */
  public ServerSettings(
      Path build,
      Path war,
      Path work,
      int httpPort,
      int brokerPort,
      Map<String, String> properties) {
    this(
        build,
        war,
        work,
        httpPort,
        brokerPort,
        properties,
        List.of(),
        "",
        List.of(),
        ClusterPlace.ALONE);
  }

  /** The same with further options of the JVM. */
  public ServerSettings withJvmOptions(List<String> options) {
    return new ServerSettings(
        build,
        war,
        work,
        httpPort,
        brokerPort,
        properties,
        options,
        preBoot,
        applications,
        cluster);
  }

  /** The same with other commands before Payara Micro boots. */
  public ServerSettings withPreBoot(Path commands) {
    return new ServerSettings(
        build,
        war,
        work,
        httpPort,
        brokerPort,
        properties,
        jvmOptions,
        commands.toString(),
        applications,
        cluster);
  }

  /** The same as a node of a cluster. */
  public ServerSettings withCluster(ClusterPlace place) {
    return new ServerSettings(
        build,
        war,
        work,
        httpPort,
        brokerPort,
        properties,
        jvmOptions,
        preBoot,
        applications,
        place);
  }

  /** The same with further properties and with applications beside the gateway. */
  public ServerSettings withApplications(Map<String, String> further, List<Path> wars) {
    Map<String, String> all = new HashMap<>(properties);
    all.putAll(further);
    return new ServerSettings(
        build, war, work, httpPort, brokerPort, all, jvmOptions, preBoot, wars, cluster);
  }

  /**
   * The properties that nobody else on the machine should see, as the environment variables that
   * MicroProfile Config reads them from: a command line is shown to everybody.
   */
  Map<String, String> secretVariables() {
    return properties.entrySet().stream()
        .filter(entry -> isSecret(entry.getKey()))
        .collect(Collectors.toMap(entry -> variable(entry.getKey()), Map.Entry::getValue));
  }

  /** The same without those. */
  ServerSettings withoutSecrets() {
    Map<String, String> others = new HashMap<>(properties);
    others.keySet().removeIf(ServerSettings::isSecret);
    return new ServerSettings(
        build, war, work, httpPort, brokerPort, others, jvmOptions, preBoot, applications, cluster);
  }

  private static boolean isSecret(String key) {
    return key.endsWith("secret") || key.endsWith("password");
  }

  private static String variable(String key) {
    return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  Path serverConfig() {
    return build.resolveSibling("server-config");
  }
}
