package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Payload;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
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
      JsonObject json = Json.object(message.json());
      out.packMapHeader(json.size());
      for (Map.Entry<String, JsonValue> field : json.entrySet()) {
        field(out, field.getKey(), field.getValue(), message);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("packing into memory", e);
    }
  }

  private static void field(MessagePacker out, String name, JsonValue value, Outgoing message)
      throws IOException {
    if (name.equals("data64") && message.payload() instanceof Payload.Binary binary) {
      out.packString("data");
      out.packBinaryHeader(binary.content().length);
      out.writePayload(binary.content());
    } else {
      out.packString(name);
      value(out, value);
    }
  }

  private static void value(MessagePacker out, JsonValue value) throws IOException {
    switch (value.getValueType()) {
      case OBJECT -> {
        out.packMapHeader(value.asJsonObject().size());
        for (Map.Entry<String, JsonValue> each : value.asJsonObject().entrySet()) {
          out.packString(each.getKey());
          value(out, each.getValue());
        }
      }
      case ARRAY -> {
        out.packArrayHeader(value.asJsonArray().size());
        for (JsonValue each : value.asJsonArray()) {
          value(out, each);
        }
      }
      case STRING -> out.packString(((JsonString) value).getString());
      case NUMBER -> number(out, (JsonNumber) value);
      case TRUE -> out.packBoolean(true);
      case FALSE -> out.packBoolean(false);
      case NULL -> out.packNil();
    }
  }

  private static void number(MessagePacker out, JsonNumber number) throws IOException {
    if (number.isIntegral() && number.bigIntegerValue().bitLength() < Long.SIZE) {
      out.packLong(number.longValue());
    } else {
      out.packDouble(number.doubleValue());
    }
  }
}
