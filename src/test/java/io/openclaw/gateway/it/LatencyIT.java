package io.openclaw.gateway.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.openclaw.gateway.dev.Broker;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/**
 * From the moment an event should be sent to its arrival at a client, at 100 events a second.
 * Prints the median and fails only if it is far from what is promised: the machine may be busy.
 */
class LatencyIT extends GatewayIT {
  private static final int EVENTS = 500;
  private static final int WARM_UP = 200;
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final double MEDIAN_LIMIT_MILLIS = 5_000;

  private interface Sender {
    void send(int number) throws Exception;
  }

  @Test
  void measuresFromJmsToTheClient() throws Exception {
    try (JMSContext context = broker().createContext()) {
      Queue queue = context.createQueue(Broker.EVENTS);
      JMSProducer producer = context.createProducer();
      measure(
          "JMS send -> browser",
          "latency/jms",
          number -> {
            TextMessage message = context.createTextMessage("{\"n\":" + number + "}");
            message.setStringProperty("topic", "latency/jms");
            producer.send(queue, message);
          });
    }
  }

  @Test
  void measuresFromTheCommitToTheClient() throws Exception {
    try (Connection connection = database().getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO openclaw_outbox (topic, data) VALUES ('latency/sql', ?::jsonb)")) {
      measure(
          "SQL commit -> browser",
          "latency/sql",
          number -> {
            insert.setString(1, "{\"n\":" + number + "}");
            insert.execute();
          });
    }
  }

  private static void measure(String what, String topic, Sender sender) throws Exception {
    Histogram micros = new Histogram(TimeUnit.MINUTES.toMicros(1), 3);
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try (TestClient client = connect(adminToken())) {
      client.subscribe(topic);
      long start = System.nanoTime() + INTERVAL_NANOS;
      for (int i = 0; i < WARM_UP + EVENTS; i++) {
        int number = i;
        long at = start + i * INTERVAL_NANOS - System.nanoTime();
        var unused =
            clock.schedule(
                () -> {
                  sender.send(number);
                  return null;
                },
                at,
                TimeUnit.NANOSECONDS);
      }
      for (int i = 0; i < WARM_UP + EVENTS; i++) {
        JsonObject publication = client.await("pub");
        int number = publication.getJsonObject("data").getInt("n");
        if (number >= WARM_UP) {
          long due = start + number * INTERVAL_NANOS;
          micros.recordValue(Math.max(0, (System.nanoTime() - due) / 1000));
        }
      }
    } finally {
      clock.shutdownNow();
    }
    report(what, micros);
  }

  private static void report(String what, Histogram micros) {
    double median = micros.getValueAtPercentile(50) / 1000.0;
    double p99 = micros.getValueAtPercentile(99) / 1000.0;
    System.out.printf(
        "%s on %s, 100 events/s: median %.1f ms, p99 %.1f ms%n",
        what, Neighbours.server(), median, p99);
    assertTrue(median < MEDIAN_LIMIT_MILLIS, what + ": median " + median + " ms");
  }
}
