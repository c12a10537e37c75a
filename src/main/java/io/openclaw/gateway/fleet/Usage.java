package io.openclaw.gateway.fleet;

import io.openclaw.gateway.security.Rate;
import io.openclaw.gateway.security.Spent;
import io.openclaw.gateway.session.SeatCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one node tells the others about limits.
 *
 * @param seats who has many sessions
 * @param spent what was taken of rates since the last time: users, then addresses
 */
record Usage(SeatCounts seats, List<List<Spent>> spent) {
  private static final int VERSION = 1;

  boolean isEmpty() {
    return seats.isEmpty() && spent.stream().allMatch(List::isEmpty);
  }

  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      write(out, seats.users());
      write(out, seats.addresses());
      for (List<Spent> table : spent) {
        write(out, table);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Map<String, Integer> counts) throws IOException {
    out.writeInt(counts.size());
    for (Map.Entry<String, Integer> each : counts.entrySet()) {
      out.writeUTF(each.getKey());
      out.writeInt(each.getValue());
    }
  }

  private static void write(DataOutputStream out, List<Spent> table) throws IOException {
    out.writeInt(table.size());
    for (Spent each : table) {
      out.writeUTF(each.key());
      out.writeLong(each.rate().perSecond());
      out.writeLong(each.rate().burst());
      out.writeLong(each.tokens());
    }
  }

  /**
   * @throws UncheckedIOException if it is none of this version
   */
  static Usage decoded(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        throw new IOException("a version that is not known here");
      }
      SeatCounts seats = new SeatCounts(counts(in), counts(in));
      return new Usage(seats, List.of(table(in), table(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Integer> counts(DataInputStream in) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      counts.put(in.readUTF(), in.readInt());
    }
    return counts;
  }

  private static List<Spent> table(DataInputStream in) throws IOException {
    List<Spent> table = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      table.add(new Spent(in.readUTF(), new Rate(in.readLong(), in.readLong()), in.readLong()));
    }
    return table;
  }
}
