package io.openclaw.gateway.wiring;

import java.util.Optional;

/** What this node is called: the host as the environment names it, and the process. */
final class NodeName {
  private NodeName() {}

  /** Looks nothing up in the network. */
  static String ofThisProcess() {
    String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("node");
    return host + '-' + ProcessHandle.current().pid();
  }
}
