package io.openclaw.gateway.dev;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * What was asked for on the command line.
 *
 * @param port where the gateway listens, on loopback
 * @param config the gateway's openclaw.yaml
 * @param feed whether prices and readings are made
 * @param help whether only the options are to be explained
 */
record RunOptions(int port, ServerKind server, Path config, boolean feed, boolean help) {
  static final String USAGE =
      """
      Usage: ./openclaw run [--port N] [--server payara|wildfly] [--no-feed] [--config FILE]

      Starts the gateway with a real broker and a real database, on 127.0.0.1 only, until Ctrl-C.

        --port N         where the gateway listens (8080)
        --server NAME    payara: Payara Micro beside an Artemis broker (the default)
                         wildfly: WildFly with its own Artemis broker
        --no-feed        neither prices nor sensor readings are made
        --config FILE    another openclaw.yaml than server-config/openclaw.yaml

      In another terminal:
        ./openclaw jms [--broker PORT] TOPIC JSON     sends a JMS message to the queue openclaw.events
        ./openclaw sql [--database PORT] STATEMENT    runs a statement in the database
        ./openclaw api-key NAME                       makes an API key and the lines for openclaw.yaml
        ./openclaw connector NAME --into DIRECTORY    fetches the jars of a Camel component\
      """;

  private static final int DEFAULT_PORT = 8080;

  /**
   * Reads the arguments.
   *
   * @param standardConfig the file that counts without {@code --config}
   * @throws IllegalArgumentException with one line for the user
   */
  static RunOptions parse(String[] arguments, Path standardConfig) {
    Deque<String> rest = new ArrayDeque<>(Arrays.asList(arguments));
    RunOptions options =
        new RunOptions(DEFAULT_PORT, ServerKind.PAYARA, standardConfig, true, false);
    while (!rest.isEmpty()) {
      options = options.with(rest.remove(), rest);
    }
    return options;
  }

  private RunOptions with(String option, Deque<String> rest) {
    return switch (option) {
      case "--port" -> new RunOptions(port(value(option, rest)), server, config, feed, help);
      case "--server" -> new RunOptions(port, server(value(option, rest)), config, feed, help);
      case "--config" -> new RunOptions(port, server, file(value(option, rest)), feed, help);
      case "--no-feed" -> new RunOptions(port, server, config, false, help);
      case "--help", "-h" -> new RunOptions(port, server, config, feed, true);
      default ->
          throw new IllegalArgumentException(
              "unknown option " + option + " (./openclaw run --help shows what there is)");
    };
  }

  private static String value(String option, Deque<String> rest) {
    if (rest.isEmpty()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.remove();
  }

  /** A port number; used by the other commands too. */
  static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of range
    }
    throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + text);
  }

  private static ServerKind server(String name) {
    return ServerKind.of(name)
        .orElseThrow(
            () -> new IllegalArgumentException("--server is payara or wildfly, not " + name));
  }

  private static Path file(String name) {
    Path file = Path.of(name).toAbsolutePath();
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException("--config: cannot read " + name);
    }
    return file;
  }
}
