package io.openclaw.gateway.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.openclaw.gateway.dev.WorkDirectory;
import io.openclaw.gateway.neighbour.KafkaServer;
import io.openclaw.gateway.neighbour.Neighbours;
import io.openclaw.gateway.source.Source;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Measures how many records a second go from a broker into the log: a broker in a process of its
 * own gets all of them first, then a source reads them. A first round warms up.
 */
final class KafkaThroughput {
  private static final int RECORDS = 1_000_000;
  private static final int ROUNDS = 3;

  private KafkaThroughput() {}

  public static void main(String[] arguments) throws Exception {
    try (WorkDirectory work = WorkDirectory.create();
        KafkaServer broker = Neighbours.kafka(work.path())) {
      for (int round = 1; round <= ROUNDS; round++) {
        measure(broker, "round-" + round);
      }
    }
  }

  private static void measure(KafkaServer broker, String topic) throws Exception {
    try (KafkaGateway gateway = new KafkaGateway(broker.bootstrapServers())) {
      gateway.makeTopic(topic, 4);
      fill(gateway, topic);
      Source source = gateway.launch(gateway.settings(topic));
      await(gateway, 1);
      long first = gateway.head();
      long began = System.nanoTime();
      await(gateway, RECORDS);
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "%s: %,.0f records/s (%,d in %.2f s)%n",
          topic,
          (RECORDS - first) / seconds,
          source.counts().accepted(),
          seconds);
    }
  }

  private static void fill(KafkaGateway gateway, String topic) {
    try (KafkaProducer<byte[], byte[]> producer = gateway.producer()) {
      for (int i = 0; i < RECORDS; i++) {
        byte[] key = ("sensor-" + i % 1_000).getBytes(UTF_8);
        producer.send(new ProducerRecord<>(topic, key, reading(i).getBytes(UTF_8)));
      }
    }
  }

  /** 100 bytes. */
  private static String reading(int i) {
    return String.format(
        Locale.ROOT,
        "{\"n\":%09d,\"site\":\"building-a/floor-3\",\"celsius\":21.75,\"state\":\"ok\",\"at\":\"2026-11-22T10:00:00Z\"}",
        i);
  }

  private static void await(KafkaGateway gateway, long offset) throws InterruptedException {
    while (gateway.head() < offset) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }
}
