package io.openclaw.gateway.cluster.hazelcast;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What goes from node to node: version 1, kind, id, sender, subject, content.
 *
 * @param id of a question and its answers; 0 for others
 * @param from the name of the node that sent it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Letter(Kind kind, long id, String from, String subject, byte[] content) {
  private static final int VERSION = 1;
  private static final int USUAL_HEAD_BYTES = 100;

  /** What it is, by the letter that is sent. */
  enum Kind {
    MESSAGE('m'),
    QUESTION('q'),
    ANSWER('a'),
    NO_ANSWER('n');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static Kind of(int letter) throws IOException {
      for (Kind kind : values()) {
        if (kind.letter == letter) {
          return kind;
        }
      }
      throw new IOException("a kind that is not known here: " + letter);
    }
  }

  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_HEAD_BYTES + content.length);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(kind.letter);
      out.writeLong(id);
      out.writeUTF(from);
      out.writeUTF(subject);
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * @throws IOException if it is none that this version knows
   */
  static Letter decoded(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readByte();
      if (version != VERSION) {
        throw new IOException("a version that is not known here: " + version);
      }
      return new Letter(
          Kind.of(in.readByte()), in.readLong(), in.readUTF(), in.readUTF(), in.readAllBytes());
    }
  }

  @Override
  public String toString() {
    return kind + " " + subject + " of " + from + ", " + content.length + " bytes";
  }
}
