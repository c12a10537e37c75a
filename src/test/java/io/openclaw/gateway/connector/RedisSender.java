package io.openclaw.gateway.connector;

import java.io.IOException;
import java.util.List;

/**
 * Adds entries to a stream, with ids that grow: the server refuses one that it has already, so what
 * is sent again is there once.
 */
public final class RedisSender implements Sender {
  /** The stream. */
  public static final String STREAM = "orders";

  private final LineConnection connection;

  private RedisSender(LineConnection connection) {
    this.connection = connection;
  }

  /** Connects. */
  public static RedisSender open(int port) throws IOException {
    return new RedisSender(new LineConnection(port));
  }

  @Override
  public void send(List<NumberedEvent> events) throws IOException {
    for (NumberedEvent event : events) {
      command("XADD", STREAM, event.index() + "-1", "data", data(event));
    }
    connection.flush();
    for (int i = 0; i < events.size(); i++) {
      reply();
    }
  }

  private void command(String... words) throws IOException {
    connection.write("*" + words.length);
    for (String word : words) {
      connection.write("$" + word.length());
      connection.write(word);
    }
  }

  private static String data(NumberedEvent event) {
    return event.poison() ? "x".repeat(2_000) : event.json();
  }

  private void reply() throws IOException {
    String line = connection.read();
    if (line.startsWith("$")) {
      connection.read();
    } else if (!line.contains("equal or smaller")) {
      throw new IOException(line);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
