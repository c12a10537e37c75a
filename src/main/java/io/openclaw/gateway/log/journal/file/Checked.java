package io.openclaw.gateway.log.journal.file;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Bytes behind their CRC-32C. */
final class Checked {
  private static final int CRC_BYTES = Integer.BYTES;

  private Checked() {}

  /** Writes fields. */
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  /** Reads fields. */
  interface Reader<T> {
    T read(DataInputStream in) throws IOException;
  }

  static byte[] encode(int sizeHint, Writer writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(CRC_BYTES + sizeHint);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(0);
      writer.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] encoded = bytes.toByteArray();
    ByteBuffer.wrap(encoded).putInt(crc(encoded));
    return encoded;
  }

  /** The checksum that {@code encoded} should begin with. */
  static int crc(byte[] encoded) {
    CRC32C crc = new CRC32C();
    crc.update(encoded, CRC_BYTES, encoded.length - CRC_BYTES);
    return (int) crc.getValue();
  }

  /**
   * @throws DamagedException if they are not the bytes that were written
   */
  static <T> T decode(byte[] encoded, Reader<T> reader) throws DamagedException {
    if (encoded.length < CRC_BYTES || ByteBuffer.wrap(encoded).getInt() != crc(encoded)) {
      throw new DamagedException("a record has another checksum");
    }
    try (DataInputStream in =
        new DataInputStream(
            new ByteArrayInputStream(encoded, CRC_BYTES, encoded.length - CRC_BYTES))) {
      return reader.read(in);
    } catch (IOException e) {
      throw new DamagedException("a record has another form: " + e.getMessage());
    }
  }
}
