package io.openclaw.gateway.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes over sockets by a schedule that nothing delays: what could not be sent in time is sent
 * as soon as possible, with the time when it was due. Topics take turns; a topic always goes over
 * the same connection. One frame for each publication. <i>Confined to one thread.</i>
 */
final class Publisher {
  private static final int BUFFER_BYTES = 1 << 20;
  private static final long REST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final String DUE_DIGITS = "0".repeat(DueTime.DIGITS);

  private final List<Lane> lanes = new ArrayList<>();
  private final byte[][] frames;
  private final int digitsFromEnd;
  private final int maxFrameBytes;
  private int next;

  /**
   * @param clients the connections
   * @param topics names, each with one subscriber or more
   * @param payloadBytes size of {@code data} as JSON text, 32 or more
   */
  Publisher(List<Client> clients, List<String> topics, int payloadBytes) {
    clients.forEach(client -> lanes.add(new Lane(client)));
    String pad = "x".repeat(payloadBytes - payload("").length());
    digitsFromEnd = "\",\"p\":\"\"}}".length() - 1 + pad.length() + DueTime.DIGITS;
    frames = new byte[topics.size()][];
    int longest = 0;
    for (int i = 0; i < frames.length; i++) {
      frames[i] = ClientFrames.text(command(topics.get(i), payload(pad)));
      longest = Math.max(longest, frames[i].length);
    }
    maxFrameBytes = longest;
  }

  private static String payload(String pad) {
    return "{\"t\":" + DUE_DIGITS + ",\"p\":\"" + pad + "\"}";
  }

  private static String command(String topic, String payload) {
    return "{\"op\":\"publish\",\"topic\":\"" + topic + "\",\"data\":" + payload + "}";
  }

  /** The text of one publication's data, as it is sent; for messages that go another way. */
  static String data(long dueNanos, int payloadBytes) {
    byte[] text =
        payload("x".repeat(payloadBytes - payload("").length())).getBytes(StandardCharsets.UTF_8);
    DueTime.write(text, "{\"t\":".length(), dueNanos);
    return new String(text, StandardCharsets.UTF_8);
  }

  /**
   * Sends so many, and returns when the last one has been written.
   *
   * @throws IOException if the server has not taken them a while after the last one was due, or
   *     ended a connection
   */
  void publish(int perSecond, long startNanos, long count) throws IOException {
    long sent = 0;
    long end = due(startNanos, perSecond, count) + PATIENCE_NANOS;
    while (sent < count || hasUnwritten()) {
      long now = DueTime.now();
      if (now > end) {
        throw new IOException("the server took only " + sent + " of " + count + " publications");
      }
      while (sent < count && due(startNanos, perSecond, sent) <= now && hasRoom()) {
        add(due(startNanos, perSecond, sent));
        sent++;
      }
      for (Lane lane : lanes) {
        lane.flush();
      }
      long rest = sent < count ? due(startNanos, perSecond, sent) - DueTime.now() : REST_NANOS;
      LockSupport.parkNanos(Math.max(REST_NANOS, rest));
    }
  }

  private static long due(long startNanos, int perSecond, long number) {
    return startNanos + number * 1_000_000_000L / perSecond;
  }

  private void add(long dueNanos) {
    byte[] frame = frames[next];
    DueTime.write(frame, frame.length - digitsFromEnd, dueNanos);
    lane().bytes.put(frame);
    next = (next + 1) % frames.length;
  }

  private Lane lane() {
    return lanes.get(next % lanes.size());
  }

  private boolean hasRoom() {
    return lane().bytes.remaining() >= maxFrameBytes;
  }

  private boolean hasUnwritten() {
    return lanes.stream().anyMatch(lane -> lane.bytes.position() > 0);
  }

  private record Lane(Client client, ByteBuffer bytes) {
    Lane(Client client) {
      this(client, ByteBuffer.allocateDirect(BUFFER_BYTES));
    }

    void flush() throws IOException {
      if (bytes.position() > 0) {
        bytes.flip();
        client.write(bytes);
        bytes.compact();
      }
    }
  }
}
