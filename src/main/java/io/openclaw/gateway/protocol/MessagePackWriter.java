package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;

/**
 * Writes messages as MessagePack: the same fields as in JSON; binary data as {@code data} of type
 * bin, untouched.
 */
final class MessagePackWriter {
  /** More than the header of the longest array has. */
  private static final int HEADER_BYTES = 16;

  private MessagePackWriter() {}

  /** With a buffer for that many bytes; more find a place, too. */
  private static MessageBufferPacker packer(int bytes) {
    return new MessagePack.PackerConfig().withBufferSize(bytes).newBufferPacker();
  }

  /** One map, or an array of them. */
  static byte[] write(List<Outgoing> messages) {
    int bytes = HEADER_BYTES;
    for (Outgoing message : messages) {
      bytes += message.packed().length;
    }
    try (MessageBufferPacker out = packer(bytes)) {
      if (messages.size() > 1) {
        out.packArrayHeader(messages.size());
      }
      for (Outgoing message : messages) {
        out.writePayload(message.packed());
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("packing into memory", e);
    }
  }

  /** One map. */
  static byte[] write(Outgoing message) {
    try (MessageBufferPacker out = packer(message.bytes() + HEADER_BYTES)) {
      Map<?, ?> fields = (Map<?, ?>) Objects.requireNonNull(JsonTree.read(message.json()));
      out.packMapHeader(fields.size());
      for (Map.Entry<?, ?> field : fields.entrySet()) {
        field(out, String.valueOf(field.getKey()), field.getValue(), message);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("packing into memory", e);
    }
  }

  private static void field(
      MessagePacker out, String name, @Nullable Object value, Outgoing message) throws IOException {
    if (name.equals("data64") && message.payload() instanceof Payload.Binary binary) {
      text(out, "data");
      out.packBinaryHeader(binary.content().length);
      out.writePayload(binary.content());
    } else {
      text(out, name);
      value(out, value);
    }
  }

  private static void value(MessagePacker out, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      out.packMapHeader(object.size());
      for (Map.Entry<?, ?> each : object.entrySet()) {
        text(out, String.valueOf(each.getKey()));
        value(out, each.getValue());
      }
    } else if (value instanceof List<?> array) {
      out.packArrayHeader(array.size());
      for (Object each : array) {
        value(out, each);
      }
    } else {
      scalar(out, value);
    }
  }

  private static void scalar(MessagePacker out, @Nullable Object value) throws IOException {
    if (value instanceof String text) {
      text(out, text);
    } else if (value instanceof Boolean flag) {
      out.packBoolean(flag);
    } else if (value instanceof Numeral number) {
      number(out, number.value());
    } else {
      out.packNil();
    }
  }

  /** The packer's own way sets six bytes aside for each character of a long text. */
  private static void text(MessagePacker out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.packRawStringHeader(bytes.length);
    out.writePayload(bytes);
  }

  private static void number(MessagePacker out, Number number) throws IOException {
    if (number instanceof Long integer) {
      out.packLong(integer);
    } else {
      out.packDouble(number.doubleValue());
    }
  }
}
