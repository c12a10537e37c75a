package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
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
  private MessagePackWriter() {}

  /** One map, or an array of them. */
  static byte[] write(List<Outgoing> messages) {
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
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
    try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
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
      out.packString("data");
      out.packBinaryHeader(binary.content().length);
      out.writePayload(binary.content());
    } else {
      out.packString(name);
      value(out, value);
    }
  }

  private static void value(MessagePacker out, @Nullable Object value) throws IOException {
    if (value instanceof Map<?, ?> object) {
      out.packMapHeader(object.size());
      for (Map.Entry<?, ?> each : object.entrySet()) {
        out.packString(String.valueOf(each.getKey()));
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
      out.packString(text);
    } else if (value instanceof Boolean flag) {
      out.packBoolean(flag);
    } else if (value instanceof Numeral number) {
      number(out, number.value());
    } else {
      out.packNil();
    }
  }

  private static void number(MessagePacker out, Number number) throws IOException {
    if (number instanceof Long integer) {
      out.packLong(integer);
    } else {
      out.packDouble(number.doubleValue());
    }
  }
}
