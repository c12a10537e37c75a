package io.openclaw.gateway.connector;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Publishes persistent messages with message ids to a topic exchange, with confirms. */
public final class RabbitMqSender implements Sender {
  /** The queue that gets them all. */
  public static final String QUEUE = "orders";

  private static final String EXCHANGE = "events";
  private static final int PERSISTENT = 2;
  private static final int CLOSE_MILLIS = 1_000;
  private static final long CONFIRM_MILLIS = 10_000;

  private final Connection connection;
  private final Channel channel;

  private RabbitMqSender(Connection connection) throws Exception {
    this.connection = connection;
    this.channel = connection.createChannel();
    channel.queueDeclare(QUEUE, true, false, false, Map.of());
    channel.exchangeDeclare(EXCHANGE, "topic", true);
    channel.queueBind(QUEUE, EXCHANGE, "#");
    channel.confirmSelect();
  }

  /** Connects and declares queue and exchange. */
  public static RabbitMqSender open(int port) throws Exception {
    ConnectionFactory factory = new ConnectionFactory();
    factory.setHost("127.0.0.1");
    factory.setPort(port);
    factory.setAutomaticRecoveryEnabled(false);
    return new RabbitMqSender(factory.newConnection());
  }

  @Override
  public void send(List<NumberedEvent> events) throws Exception {
    for (NumberedEvent event : events) {
      BasicProperties properties =
          new BasicProperties.Builder().messageId(event.id()).deliveryMode(PERSISTENT).build();
      String key = event.poison() ? "orders..k" : "orders.k" + event.k();
      channel.basicPublish(
          EXCHANGE, key, properties, event.json().getBytes(StandardCharsets.UTF_8));
    }
    channel.waitForConfirmsOrDie(CONFIRM_MILLIS);
  }

  @Override
  public void close() {
    connection.abort(CLOSE_MILLIS);
  }
}
