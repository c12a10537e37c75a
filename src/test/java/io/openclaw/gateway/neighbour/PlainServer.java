package io.openclaw.gateway.neighbour;

import io.openclaw.gateway.dev.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server that is one program and is ready when it accepts connections. */
final class PlainServer implements Neighbour {
  private final int port;
  private final ServerProcess process;

  private PlainServer(int port, ServerProcess process) {
    this.port = port;
    this.process = process;
    restart();
  }

  /** Redis that writes each command to its file before it answers. */
  static PlainServer redis(Path directory) {
    int port = Ports.free();
    return plain(
        port,
        directory,
        List.of(
            "redis-server",
            "--bind",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--dir",
            directory.toAbsolutePath().toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always"));
  }

  /** NATS with JetStream. */
  static PlainServer nats(Path directory) {
    int port = Ports.free();
    return plain(
        port,
        directory,
        List.of(
            "nats-server",
            "--addr",
            "127.0.0.1",
            "--port",
            Integer.toString(port),
            "--jetstream",
            "--store_dir",
            directory.toAbsolutePath().toString()));
  }

  /** Mosquitto that saves its sessions after every 50 changes. */
  static PlainServer mosquitto(Path directory) {
    int port = Ports.free();
    String configuration =
        String.join(
            "\n",
            "listener " + port + " 127.0.0.1",
            "allow_anonymous true",
            "user root",
            "persistence true",
            "persistence_location " + directory.toAbsolutePath() + "/",
            "autosave_on_changes true",
            "autosave_interval 50",
            "max_queued_messages 0",
            "set_tcp_nodelay true",
            "");
    Path file = directory.toAbsolutePath().resolve("mosquitto.conf");
    try {
      Files.createDirectories(directory);
      Files.writeString(file, configuration);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return plain(port, directory, List.of("mosquitto", "-c", file.toString()));
  }

  private static PlainServer plain(int port, Path directory, List<String> command) {
    return new PlainServer(port, new ServerProcess(command, Map.of(), directory));
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

  @Override
  public void close() {
    process.kill();
  }
}
