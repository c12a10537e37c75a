package io.openclaw.gateway.outlet.kafka;

import io.openclaw.gateway.outlet.OutletException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The producer of one cluster, made with the first record: idempotent, and nothing counts as sent
 * before all in-sync replicas have it. Thread-safe.
 */
public final class KafkaSender implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final Duration CLOSING = Duration.ofSeconds(2);

  private final KafkaCluster cluster;
  private @Nullable KafkaProducer<byte[], byte[]> producer;
  private boolean closed;

  KafkaSender(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Sends records; those for one partition are there in their order. Blocks until the cluster has
   * all of them, or for about twelve seconds.
   *
   * @throws OutletException if that is not certain
   */
  public void send(List<ProducerRecord<byte[], byte[]>> records) throws OutletException {
    try {
      KafkaProducer<byte[], byte[]> to = producer();
      List<Future<RecordMetadata>> sent = new ArrayList<>(records.size());
      for (ProducerRecord<byte[], byte[]> one : records) {
        sent.add(to.send(one));
      }
      await(sent);
    } catch (KafkaException | IllegalStateException e) {
      throw failed(e);
    }
  }

  private void await(List<Future<RecordMetadata>> sent) throws OutletException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    try {
      for (Future<RecordMetadata> one : sent) {
        one.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (ExecutionException e) {
      throw failed(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    }
  }

  private OutletException failed(Throwable cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    return new OutletException("kafka cluster " + cluster.name() + ": " + why, cause);
  }

  private synchronized KafkaProducer<byte[], byte[]> producer() {
    if (closed) {
      throw new IllegalStateException("the connection is closed");
    }
    if (producer == null) {
      ClientLog.quieten();
      producer = new KafkaProducer<>(cluster.producer());
    }
    return producer;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (producer != null) {
      producer.close(CLOSING);
      producer = null;
    }
  }
}
