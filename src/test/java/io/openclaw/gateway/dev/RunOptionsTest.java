package io.openclaw.gateway.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOptionsTest {
  private static final Path STANDARD = Path.of("openclaw.yaml");

  @Test
  void startsPayaraOnPort8080WithTheFeedByDefault() {
    assertEquals(new RunOptions(8080, ServerKind.PAYARA, STANDARD, true, false), parse());
  }

  @Test
  void takesAllOptionsInAnyOrder(@TempDir Path directory) throws IOException {
    Path config = Files.createFile(directory.resolve("mine.yaml"));
    assertEquals(
        new RunOptions(9090, ServerKind.WILDFLY, config, false, false),
        parse("--no-feed", "--config", config.toString(), "--server", "wildfly", "--port", "9090"));
  }

  @Test
  void explainsItselfWhenAsked() {
    assertTrue(parse("--help").help());
    assertFalse(RunOptions.USAGE.isBlank());
  }

  @Test
  void refusesAnUnknownOptionByName() {
    assertEquals(
        "unknown option --prot (./openclaw run --help shows what there is)", fault("--prot"));
  }

  @Test
  void refusesAPortThatIsNone() {
    assertEquals("a port is a number from 1 to 65535, not 80800", fault("--port", "80800"));
    assertEquals("a port is a number from 1 to 65535, not http", fault("--port", "http"));
    assertEquals("--port needs a value", fault("--port"));
  }

  @Test
  void refusesAnUnknownServer() {
    assertEquals("--server is payara or wildfly, not tomcat", fault("--server", "tomcat"));
  }

  @Test
  void refusesAConfigurationThatCannotBeRead() {
    assertEquals("--config: cannot read no/such.yaml", fault("--config", "no/such.yaml"));
  }

  private static RunOptions parse(String... arguments) {
    return RunOptions.parse(arguments, STANDARD);
  }

  private static String fault(String... arguments) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> parse(arguments)).getMessage());
  }
}
