package io.openclaw.gateway.protocol;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;

/**
 * Reads a binary frame: one MessagePack map, or an array of them, with the same fields as in JSON;
 * {@code data} of type bin is taken untouched. Sizes are believed only as far as the frame has
 * bytes. Errors are those of {@link CommandReader}.
 */
public final class MessagePackReader {
  /** A frame is one array, whose texts are decoded in place: the buffer for pieces is not used. */
  private static final MessagePack.UnpackerConfig IN_PLACE =
      new MessagePack.UnpackerConfig().withStringDecoderBufferSize(16);

  private final int maxBatch;

  /**
   * @param maxBatch commands in one frame at most
   */
  public MessagePackReader(int maxBatch) {
    this.maxBatch = maxBatch;
  }

  /** Never throws for bad input, and never quotes it. */
  public List<ClientCommand> read(byte[] frame) {
    try (MessageUnpacker in = IN_PLACE.newUnpacker(frame)) {
      return readFrame(in, frame.length);
    } catch (IOException | MessagePackException e) {
      return List.of(malformed("the frame is not valid MessagePack"));
    } catch (FieldException e) {
      return List.of(malformed(e.clientMessage()));
    }
  }

  private List<ClientCommand> readFrame(MessageUnpacker in, int length) throws IOException {
    int count = 1;
    if (in.getNextFormat().getValueType().isArrayType()) {
      count = in.unpackArrayHeader();
      if (count > maxBatch) {
        throw new FieldException("a frame has at most " + maxBatch + " commands");
      }
    }
    List<ClientCommand> commands = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      commands.add(readOne(in, length));
    }
    if (in.hasNext()) {
      throw new FieldException("the frame has bytes behind its last command");
    }
    return commands;
  }

  private static ClientCommand readOne(MessageUnpacker in, int length) throws IOException {
    if (!in.getNextFormat().getValueType().isMapType()) {
      throw new FieldException("a frame is a map or an array of maps");
    }
    CommandFields fields = new CommandFields();
    for (int i = size(in.unpackMapHeader(), length); i > 0; i--) {
      fields.add(in.unpackString(), value(in, length, 1));
    }
    return fields.toCommandOrInvalid();
  }

  private static int size(int declared, int length) {
    if (declared > length) {
      throw new FieldException("the frame is not valid MessagePack");
    }
    return declared;
  }

  private static RawValue value(MessageUnpacker in, int length, int depth) throws IOException {
    if (depth > CommandReader.MAX_DEPTH) {
      throw new FieldException("at most " + CommandReader.MAX_DEPTH + " levels of nesting");
    }
    return switch (in.getNextFormat().getValueType()) {
      case STRING -> RawValue.ofString(in.unpackString());
      case INTEGER -> RawValue.ofNumber(in.unpackBigInteger().toString());
      case FLOAT -> ofDouble(in.unpackDouble());
      case BOOLEAN -> RawValue.ofLiteral(String.valueOf(in.unpackBoolean()));
      case NIL -> nil(in);
      case BINARY -> RawValue.ofBytes(in.readPayload(size(in.unpackBinaryHeader(), length)));
      case ARRAY -> array(in, length, depth);
      case MAP -> map(in, length, depth);
      case EXTENSION -> throw new FieldException("extension types are not used here");
    };
  }

  private static RawValue nil(MessageUnpacker in) throws IOException {
    in.unpackNil();
    return RawValue.ofLiteral("null");
  }

  private static RawValue ofDouble(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new FieldException("numbers are finite");
    }
    return RawValue.ofNumber(String.valueOf(number));
  }

  private static RawValue array(MessageUnpacker in, int length, int depth) throws IOException {
    StringBuilder json = new StringBuilder("[");
    int count = size(in.unpackArrayHeader(), length);
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",").append(value(in, length, depth + 1).json());
    }
    return new RawValue(json.append(']').toString(), null, Map.of());
  }

  private static RawValue map(MessageUnpacker in, int length, int depth) throws IOException {
    StringBuilder json = new StringBuilder("{");
    Map<String, RawValue> members = new HashMap<>(4);
    int count = size(in.unpackMapHeader(), length);
    for (int i = 0; i < count; i++) {
      String name = in.unpackString();
      RawValue value = value(in, length, depth + 1);
      json.append(i == 0 ? "" : ",").append(Json.quote(name)).append(':').append(value.json());
      RawValue.addMember(members, name, value);
    }
    return new RawValue(json.append('}').toString(), null, members);
  }

  private static ClientCommand malformed(String message) {
    return new ClientCommand.Invalid(null, ErrorCode.BAD_REQUEST, message, true);
  }
}
