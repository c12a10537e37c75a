package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.IllegalTopicException;
import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import io.openclaw.gateway.topic.TopicPattern;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one command as they stand in the frame, then as a command. Fields that no command
 * knows are passed over, so that newer clients are understood. One that stands twice is refused,
 * whichever it is: what looked at the frame before, such as a proxy, may have read the other.
 * Confined to one read.
 */
final class CommandFields {
  private static final String OPS =
      "auth, subscribe, unsubscribe, publish, request, history, presence, state, ping";

  private final Map<String, RawValue> fields = new HashMap<>(8);
  private boolean repeated;

  void add(String name, RawValue value) {
    repeated |= fields.put(name, value) != null;
  }

  /** Reads the rest of an object whose opening brace was just read. */
  static CommandFields read(String frame, JsonParser parser) {
    CommandFields fields = new CommandFields();
    while (parser.next() != Event.END_OBJECT) {
      String name = parser.getString();
      fields.add(name, RawValue.read(frame, parser, parser.next(), 1));
    }
    return fields;
  }

  /** The command, or what is wrong with it. */
  ClientCommand toCommandOrInvalid() {
    try {
      return toCommand();
    } catch (FieldException e) {
      return new ClientCommand.Invalid(id(), e.code(), e.clientMessage(), e.malformed());
    }
  }

  /** The id if it is one, else null: used for the error that says so, too. */
  @Nullable Long id() {
    RawValue id = fields.get("id");
    return id == null ? null : id.asLongOrNull();
  }

  private ClientCommand toCommand() {
    Long id = checkedId();
    if (repeated) {
      throw new FieldException("no field stands twice in a command");
    }
    String op = text("op");
    return switch (op) {
      case "auth" -> new ClientCommand.Auth(id, text("token"));
      case "subscribe" -> subscribe(id);
      case "unsubscribe" -> new ClientCommand.Unsubscribe(id, pattern());
      case "publish" -> publish(id);
      case "request" ->
          new ClientCommand.Request(
              id, text("service"), data(), number("timeout", 0, 0, 3_600_000));
      case "history" -> history(id);
      case "presence" -> new ClientCommand.Presence(id, topic());
      case "state" -> new ClientCommand.State(id, topic(), state());
      case "ping" -> new ClientCommand.Ping(id);
      default ->
          throw new FieldException(
              ErrorCode.UNSUPPORTED, "unknown op; known ones are " + OPS, true);
    };
  }

  private @Nullable Long checkedId() {
    Long id = id();
    if (id == null && fields.containsKey("id")) {
      throw new FieldException("id is an integer");
    }
    return id;
  }

  private ClientCommand subscribe(@Nullable Long id) {
    return new ClientCommand.Subscribe(
        id,
        pattern(),
        position("since"),
        number("history", 0, 0, Integer.MAX_VALUE),
        mode(),
        number("maxRate", 0, 0, Integer.MAX_VALUE),
        optionalText("filter"));
  }

  private ClientCommand publish(@Nullable Long id) {
    return new ClientCommand.Publish(
        id, topic(), data(), optionalText("key"), optionalText("eventId"), flag("echo", true));
  }

  private ClientCommand history(@Nullable Long id) {
    return new ClientCommand.History(
        id,
        pattern(),
        number("limit", 100, 1, Integer.MAX_VALUE),
        position("since"),
        position("before"),
        flag("reverse", false));
  }

  private Payload data() {
    RawValue data = fields.get("data");
    if (data == null) {
      throw new FieldException("data is missing");
    }
    byte[] bytes = data.asBytesOrNull();
    return bytes == null ? new Payload.Json(data.json()) : new Payload.Binary(bytes);
  }

  private Payload.Json state() {
    if (data() instanceof Payload.Json json) {
      return json;
    }
    throw new FieldException("the data of a state is JSON, not binary");
  }

  private TopicName topic() {
    try {
      return TopicName.of(text("topic"));
    } catch (IllegalTopicException e) {
      throw new FieldException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()), false);
    }
  }

  private TopicPattern pattern() {
    try {
      return TopicPattern.of(text("topic"));
    } catch (IllegalTopicException e) {
      throw new FieldException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()), false);
    }
  }

  private @Nullable TopicMode mode() {
    String mode = optionalText("mode");
    if (mode == null) {
      return null;
    }
    return switch (mode) {
      case "events" -> TopicMode.EVENTS;
      case "latest" -> TopicMode.LATEST;
      default -> throw new FieldException("mode is events or latest");
    };
  }

  private @Nullable Position position(String name) {
    RawValue value = present(name);
    if (value == null) {
      return null;
    }
    RawValue epochValue = value.member("epoch");
    RawValue offsetValue = value.member("offset");
    String epoch = epochValue == null ? null : epochValue.asTextOrNull();
    Long offset = offsetValue == null ? null : offsetValue.asLongOrNull();
    if (epoch == null || offset == null || offset < 0) {
      throw new FieldException(
          name + " is an object with epoch (a string) and offset (an integer, 0 or more)");
    }
    return new Position(epoch, offset);
  }

  private String text(String name) {
    String text = optionalText(name);
    if (text == null) {
      throw new FieldException(name + " is missing; it is a string");
    }
    return text;
  }

  private @Nullable String optionalText(String name) {
    RawValue value = present(name);
    if (value == null) {
      return null;
    }
    String text = value.asTextOrNull();
    if (text == null) {
      throw new FieldException(name + " is a string");
    }
    return text;
  }

  private int number(String name, int absent, int min, int max) {
    RawValue value = present(name);
    if (value == null) {
      return absent;
    }
    Long number = value.asLongOrNull();
    if (number == null || number < min || number > max) {
      throw new FieldException(name + " is an integer, " + min + " or more");
    }
    return (int) (long) number;
  }

  private boolean flag(String name, boolean absent) {
    RawValue value = present(name);
    if (value == null) {
      return absent;
    }
    return switch (value.json()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new FieldException(name + " is true or false");
    };
  }

  /** Null for a field that is absent or JSON null. */
  private @Nullable RawValue present(String name) {
    RawValue value = fields.get(name);
    return value == null || value.json().equals("null") ? null : value;
  }
}
