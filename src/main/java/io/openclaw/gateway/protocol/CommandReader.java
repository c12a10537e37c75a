package io.openclaw.gateway.protocol;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reads a text frame: one JSON object, or an array of them. Each object becomes one command; one
 * that is wrong becomes {@link ClientCommand.Invalid} and its neighbours are read all the same. A
 * frame that is no JSON at all becomes a single {@code Invalid}.
 */
public final class CommandReader {
  /** Objects and arrays within each other; deeper ones are refused. */
  static final int MAX_DEPTH = 64;

  private final int maxBatch;

  /**
   * @param maxBatch commands in one frame at most
   */
  public CommandReader(int maxBatch) {
    this.maxBatch = maxBatch;
  }

  /** Never throws for bad input, and never quotes it. */
  public List<ClientCommand> read(String frame) {
    try (JsonParser parser = Json.parser(frame)) {
      return readFrame(frame, parser);
    } catch (JsonParsingException | NoSuchElementException | IllegalStateException e) {
      return List.of(malformed("the frame is not valid JSON"));
    } catch (FieldException e) {
      return List.of(malformed(e.clientMessage()));
    }
  }

  private List<ClientCommand> readFrame(String frame, JsonParser parser) {
    Event first = parser.next();
    List<ClientCommand> commands = new ArrayList<>(1);
    if (first == Event.START_OBJECT) {
      commands.add(readOne(frame, parser));
    } else if (first == Event.START_ARRAY) {
      readArray(frame, parser, commands);
    } else {
      commands.add(malformed("a frame is a JSON object or an array of them"));
    }
    if (parser.hasNext()) {
      parser.next();
    }
    return commands;
  }

  private void readArray(String frame, JsonParser parser, List<ClientCommand> commands) {
    for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
      if (event != Event.START_OBJECT) {
        throw new FieldException("an array frame has nothing but JSON objects");
      }
      if (commands.size() == maxBatch) {
        throw new FieldException("a frame has at most " + maxBatch + " commands");
      }
      commands.add(readOne(frame, parser));
    }
  }

  private static ClientCommand readOne(String frame, JsonParser parser) {
    return CommandFields.read(frame, parser).toCommandOrInvalid();
  }

  private static ClientCommand malformed(String message) {
    return new ClientCommand.Invalid(null, ErrorCode.BAD_REQUEST, message, true);
  }
}
