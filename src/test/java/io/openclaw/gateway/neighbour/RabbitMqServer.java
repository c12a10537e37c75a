package io.openclaw.gateway.neighbour;

import io.openclaw.gateway.dev.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * RabbitMQ with an Erlang port mapper of its own, all of it on the loopback address: the mapper,
 * the node's distribution and the listener for clients.
 */
final class RabbitMqServer implements Neighbour {
  private static final String HOME = "/usr/lib/rabbitmq/bin/";

  private final int port = Ports.free();
  private final int mapperPort = Ports.free();
  private final Path directory;
  private final ServerProcess process;

  RabbitMqServer(Path directory) {
    this.directory = directory.toAbsolutePath();
    this.process =
        new ServerProcess(List.of(HOME + "rabbitmq-server"), variables(), this.directory);
    write("rabbitmq.conf", "listeners.tcp.1 = 127.0.0.1:" + port + "\n");
    write("enabled_plugins", "[].\n");
    restart();
  }

  private Map<String, String> variables() {
    return Map.ofEntries(
        Map.entry("HOME", directory.toString()),
        Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
        Map.entry("ERL_EPMD_PORT", Integer.toString(mapperPort)),
        Map.entry("ERL_AFLAGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
        Map.entry("RABBITMQ_DIST_PORT", Integer.toString(Ports.free())),
        Map.entry("RABBITMQ_NODENAME", "rabbit" + port + "@localhost"),
        Map.entry("RABBITMQ_CONFIG_FILE", directory.resolve("rabbitmq").toString()),
        Map.entry("RABBITMQ_CONF_ENV_FILE", directory.resolve("none").toString()),
        Map.entry("RABBITMQ_ENABLED_PLUGINS_FILE", directory + "/enabled_plugins"),
        Map.entry("RABBITMQ_MNESIA_BASE", directory.resolve("mnesia").toString()),
        Map.entry("RABBITMQ_LOG_BASE", directory.resolve("log").toString()));
  }

  private void write(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void kill() {
    process.kill();
  }

  @Override
  public void restart() {
    process.kill();
    process.start(() -> ServerProcess.accepts(port));
  }

  /** Ends the port mapper too: it outlives the node that started it. */
  @Override
  public void close() {
    process.kill();
    ServerProcess.run(List.of("epmd", "-port", Integer.toString(mapperPort), "-kill"), variables());
  }
}
