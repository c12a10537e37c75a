package io.openclaw.gateway.log.journal.kafka;

import io.openclaw.gateway.log.Lineage;
import io.openclaw.gateway.log.Lineage.Life;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The lives of a topic: the first has the id of the topic as its name, the following ones a number
 * behind it. A record with the header {@value #HEADER} says to all nodes that one has begun.
 */
final class Lives {
  static final String HEADER = "openclaw-life";

  private static final byte FORMAT = 1;

  /**
   * The lineage of one topic.
   *
   * @param topicId of the entries
   */
  record Named(String topicId, Lineage lineage) {}

  private Lives() {}

  /** The life after {@code before}, which ended after {@code lastOffset}. */
  static Lineage next(String topicId, Lineage before, long lastOffset) {
    return before.next(topicId + '.' + (number(before.epoch()) + 1), lastOffset);
  }

  /** Which of the lives of a topic it is; the first is 0. */
  static int number(String epoch) {
    int dot = epoch.lastIndexOf('.');
    return dot < 0 ? 0 : Integer.parseInt(epoch.substring(dot + 1));
  }

  /** Says to all nodes that a life has begun. */
  static ProducerRecord<byte[], byte[]> announcement(String topic, Named life) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, null, encode(life));
    record.headers().add(HEADER, new byte[] {FORMAT});
    return record;
  }

  static boolean isAnnouncement(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(HEADER);
    return header != null;
  }

  static byte[] encode(Named life) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      out.writeUTF(life.topicId);
      out.writeUTF(life.lineage.epoch());
      out.writeInt(life.lineage.former().size());
      for (Life former : life.lineage.former()) {
        out.writeUTF(former.epoch());
        out.writeLong(former.lastOffset());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException if it is of another format
   */
  static Named decode(byte[] encoded) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(encoded))) {
      if (in.readByte() != FORMAT) {
        throw new IOException("a life of the log is written in another format");
      }
      String topicId = in.readUTF();
      String epoch = in.readUTF();
      int count = in.readInt();
      List<Life> former = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        former.add(new Life(in.readUTF(), in.readLong()));
      }
      return new Named(topicId, new Lineage(epoch, former));
    }
  }
}
