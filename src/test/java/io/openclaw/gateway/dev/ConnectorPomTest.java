package io.openclaw.gateway.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a connector is fetched with leaves out what the WAR has: only in the same versions. */
class ConnectorPomTest {
  private static final Pattern VERSION = Pattern.compile("<([a-z0-9-]+\\.version)>([^<]+)<");

  @Test
  void connectorsAreFetchedForTheVersionsInTheWar() throws IOException {
    Map<String, String> war = versions(Path.of("pom.xml"));
    Map<String, String> connectors = versions(Path.of("server-config/connectors/pom.xml"));
    for (String shared : List.of("camel.version", "slf4j.version", "snakeyaml-engine.version")) {
      assertEquals(war.get(shared), connectors.get(shared), shared);
    }
  }

  private static Map<String, String> versions(Path pom) throws IOException {
    Map<String, String> versions = new TreeMap<>();
    Matcher matcher = VERSION.matcher(Files.readString(pom));
    while (matcher.find()) {
      versions.put(matcher.group(1), matcher.group(2));
    }
    return versions;
  }
}
