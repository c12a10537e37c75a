package io.openclaw.gateway.neighbour;

import java.nio.file.Path;

/** Starts the servers. Each takes a directory for its files, made if it is missing. */
public final class Neighbours {
  private Neighbours() {}

  /** RabbitMQ; guest may do all. */
  public static Neighbour rabbitMq(Path directory) {
    return new RabbitMqServer(directory);
  }

  /** Mosquitto; anybody may do all. It saves its sessions after every 50 changes. */
  public static Neighbour mosquitto(Path directory) {
    return PlainServer.mosquitto(directory);
  }

  /** NATS with JetStream on files; anybody may do all. */
  public static Neighbour nats(Path directory) {
    return PlainServer.nats(directory);
  }

  /** Redis that has written what it has answered. */
  public static Neighbour redis(Path directory) {
    return PlainServer.redis(directory);
  }

  /** Kafka: one broker; topics are made when they are first written to. */
  public static KafkaServer kafka(Path directory) {
    return new KafkaServer(directory);
  }

  /** MariaDB with a binary log of rows. */
  public static MariaDbServer mariaDb(Path directory) {
    return new MariaDbServer(directory);
  }
}
