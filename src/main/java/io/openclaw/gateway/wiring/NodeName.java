package io.openclaw.gateway.wiring;

import java.util.Optional;

/**
 * What this node is called: the host as the environment names it, the process, and some letters, as
 * a container that starts again has the same host and process.
 */
final class NodeName {
  private static final int RANDOM_BYTES = 3;
  private static final String NAME = made();

  private NodeName() {}

  /** The same each time. */
  static String ofThisProcess() {
    return NAME;
  }

  /** Looks nothing up in the network. */
  private static String made() {
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("node");
    return host + '-' + ProcessHandle.current().pid() + '-' + RandomText.ofBytes(RANDOM_BYTES);
  }
}
