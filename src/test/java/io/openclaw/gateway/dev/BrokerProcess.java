package io.openclaw.gateway.dev;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A {@link Broker} in a process of its own, so that it can be killed and started again on the same
 * port and journal. <i>Confined to one thread.</i>
 */
public final class BrokerProcess implements AutoCloseable {
  static final String READY = "BROKER READY";

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final int port;
  private final Path directory;
  private ChildProcess process;

  private BrokerProcess(int port, Path directory) {
    this.port = port;
    this.directory = directory;
    this.process = launch();
  }

  /**
   * Starts a broker and returns when it accepts connections.
   *
   * @param directory for its journal and its log; must exist
   */
  public static BrokerProcess start(int port, Path directory) {
    return new BrokerProcess(port, directory);
  }

  public int port() {
    return port;
  }

  /** Ends the broker as a power cut would. */
  public void kill() {
    process.kill();
  }

  /** Starts it again on its journal and returns when it accepts connections. */
  public void restart() {
    process.close();
    process = launch();
  }

  @Override
  public void close() {
    process.close();
  }

  private ChildProcess launch() {
    ChildProcess started =
        ChildProcess.java(
            "artemis",
            directory,
            List.of(
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Broker.class.getName(),
                Integer.toString(port),
                directory.resolve("broker").toAbsolutePath().toString()));
    if (!Patience.until(LIMIT, () -> started.output().contains(READY) || !started.isAlive())
        || !started.isAlive()) {
      started.kill();
      throw new IllegalStateException("The broker did not start:\n" + started.tail(30));
    }
    return started;
  }
}
