package io.openclaw.gateway.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * How WildFly is started: with its own broker, on a copy of the prepared distribution's
 * configuration, so that several may run at once.
 */
public final class WildFly {
  private static final String CONFIGURATION = "standalone-full.xml";

  private static final List<String> CONFIGURATION_FILES =
      List.of(
          CONFIGURATION,
          "logging.properties",
          "application-users.properties",
          "application-roles.properties",
          "mgmt-users.properties",
          "mgmt-groups.properties");

  private WildFly() {}

  static ChildProcess launch(ServerSettings settings) {
    Path home = settings.build().resolve("server/wildfly");
    Path base = settings.work().resolve("wildfly");
    layOut(home, base, settings);
    List<String> arguments = new ArrayList<>(jvmOptions(settings.withoutSecrets(), Ports.free()));
    arguments.addAll(openPackages());
    arguments.addAll(
        List.of(
            "-Djboss.home.dir=" + home,
            "-Djboss.server.base.dir=" + base,
            "-jar",
            home.resolve("jboss-modules.jar").toString(),
            "-mp",
            home.resolve("modules").toString(),
            "org.jboss.as.standalone",
            "-c",
            CONFIGURATION));
    return ChildProcess.java("wildfly", settings.work(), arguments, settings.secretVariables());
  }

  /** What the JVM is given besides the server's own places. */
  public static List<String> jvmOptions(ServerSettings settings, int managementPort) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xms256m",
                "-Xmx768m",
                "-XX:MaxMetaspaceSize=512m",
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                // Whoever tries something out does not want to wait for its end.
                "-Dopenclaw.drain.duration=0s",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.awt.headless=true",
                "-Djboss.modules.system.pkgs=org.jboss.byteman",
                "-Djboss.http.port=" + settings.httpPort(),
                "-Djboss.https.port=" + Ports.free(),
                "-Djboss.management.http.port=" + managementPort,
                "-Dopenclaw.broker.port=" + settings.brokerPort(),
                "-Dopenclaw.broker.security-enabled=false"));
    settings.properties().forEach((key, value) -> options.add("-D" + key + "=" + value));
    options.addAll(settings.cluster().jvmOptions());
    options.addAll(settings.jvmOptions());
    return options;
  }

  /** The same as the distribution's bin/common.sh gives. */
  private static List<String> openPackages() {
    return List.of(
        "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
        "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
        "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
        "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
        "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
        "--add-opens=java.base/java.io=ALL-UNNAMED",
        "--add-opens=java.base/java.net=ALL-UNNAMED",
        "--add-opens=java.base/java.security=ALL-UNNAMED",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
        "--add-opens=java.management/javax.management=ALL-UNNAMED",
        "--add-opens=java.naming/javax.naming=ALL-UNNAMED");
  }

  /** The journal in {@code data} stays from start to start. */
  private static void layOut(Path home, Path base, ServerSettings settings) {
    try {
      Path deployments = Files.createDirectories(base.resolve("deployments"));
      deploy(settings.war(), deployments.resolve("openclaw.war"));
      for (Path application : settings.applications()) {
        deploy(application, deployments.resolve(application.getFileName()));
      }
      Path configuration = Files.createDirectories(base.resolve("configuration"));
      for (String name : CONFIGURATION_FILES) {
        Files.copy(
            home.resolve("standalone/configuration").resolve(name),
            configuration.resolve(name),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deploy(Path war, Path deployment) throws IOException {
    Files.copy(war, deployment, StandardCopyOption.REPLACE_EXISTING);
  }
}
