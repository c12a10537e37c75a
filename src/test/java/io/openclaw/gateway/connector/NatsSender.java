package io.openclaw.gateway.connector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Publishes into a JetStream stream and waits for its acknowledgements; speaks NATS's own protocol.
 * The stream drops what has a message id that it knows.
 */
public final class NatsSender implements Sender {
  private static final String STREAM = "ORDERS";
  private static final String INBOX = "inbox";

  private final LineConnection connection;

  private NatsSender(LineConnection connection) throws IOException {
    this.connection = connection;
    connection.read();
    connection.write("CONNECT {\"verbose\":false,\"pedantic\":false,\"headers\":true}");
    connection.write("SUB " + INBOX + " 1");
  }

  /** Connects. */
  public static NatsSender open(int port) throws IOException {
    return new NatsSender(new LineConnection(port));
  }

  /** Makes the stream and the durable consumer that the route reads with. */
  public void prepare(String deliverSubject) throws IOException {
    request(
        "$JS.API.STREAM.CREATE." + STREAM,
        "{\"name\":\"ORDERS\",\"subjects\":[\"orders.>\"],\"storage\":\"file\"}");
    request(
        "$JS.API.CONSUMER.DURABLE.CREATE." + STREAM + ".openclaw",
        "{\"stream_name\":\"ORDERS\",\"config\":{\"durable_name\":\"openclaw\",\"deliver_subject\":\""
            + deliverSubject
            + "\",\"deliver_policy\":\"all\",\"ack_policy\":\"explicit\",\"ack_wait\":1000000000,"
            + "\"max_ack_pending\":1,\"replay_policy\":\"instant\"}}");
  }

  private void request(String subject, String json) throws IOException {
    publish(subject, "", json);
    connection.flush();
    reply();
  }

  @Override
  public void send(List<NumberedEvent> events) throws IOException {
    for (NumberedEvent event : events) {
      String subject = event.poison() ? "orders.k+" : "orders.k" + event.k();
      publish(subject, "NATS/1.0\r\nNats-Msg-Id: " + event.id() + "\r\n\r\n", event.json());
    }
    connection.flush();
    for (int i = 0; i < events.size(); i++) {
      reply();
    }
  }

  private void publish(String subject, String headers, String json) throws IOException {
    int size = json.getBytes(StandardCharsets.UTF_8).length;
    if (headers.isEmpty()) {
      connection.write("PUB " + subject + " " + INBOX + " " + size);
    } else {
      int all = headers.length() + size;
      connection.write("HPUB " + subject + " " + INBOX + " " + headers.length() + " " + all);
    }
    connection.write(headers + json);
  }

  private void reply() throws IOException {
    String line = connection.read();
    while (!line.startsWith("MSG " + INBOX)) {
      if (line.equals("PING")) {
        connection.write("PONG");
        connection.flush();
      } else if (line.startsWith("-ERR") || line.startsWith("HMSG")) {
        throw new IOException(line);
      }
      line = connection.read();
    }
    String answer = connection.read();
    if (answer.contains("\"error\"")) {
      throw new IOException(answer);
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
