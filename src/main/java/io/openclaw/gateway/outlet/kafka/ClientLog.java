package io.openclaw.gateway.outlet.kafka;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps Kafka's clients from filling the server's log: each of them writes its whole configuration
 * at INFO, and a line for every attempt to reach a broker that is away, which the state of the
 * source says already. What somebody has set is left alone.
 */
final class ClientLog {
  /** Held here: a logger that nobody holds loses its level. */
  private static final List<Logger> QUIET =
      List.of(
          quiet("org.apache.kafka", Level.WARNING),
          quiet("org.apache.kafka.clients.NetworkClient", Level.SEVERE));

  private ClientLog() {}

  private static Logger quiet(String name, Level level) {
    Logger logger = Logger.getLogger(name);
    if (logger.getLevel() == null) {
      logger.setLevel(level);
    }
    return logger;
  }

  /** Has happened when this returns; costs nothing the second time. */
  static int quieten() {
    return QUIET.size();
  }
}
