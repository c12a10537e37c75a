package io.openclaw.gateway.log.journal.file;

import java.io.DataInputStream;

/** A note that everything up to an offset has gone. */
final class Floor {
  private Floor() {}

  static byte[] encode(long offset) {
    return Checked.encode(Long.BYTES, out -> out.writeLong(offset));
  }

  /** The offset; 0 if the note is not readable: what it says is then missed. */
  static long decode(byte[] encoded) {
    try {
      return Checked.decode(encoded, DataInputStream::readLong);
    } catch (DamagedException e) {
      return 0;
    }
  }
}
