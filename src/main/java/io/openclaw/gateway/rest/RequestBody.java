package io.openclaw.gateway.rest;

import jakarta.json.JsonStructure;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParserFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads a bounded JSON body. */
final class RequestBody {
  private static final JsonParserFactory PARSERS =
      JsonProvider.provider().createParserFactory(Map.of());

  private RequestBody() {}

  /**
   * @throws ProblemException if it is larger than {@code maxBytes}, or anything else than one JSON
   *     object or array with white space around it
   */
  static JsonStructure read(InputStream body, int maxBytes) throws IOException {
    byte[] bytes = body.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new ProblemException("too_large", "a body has at most " + maxBytes + " bytes");
    }
    try (JsonParser parser =
        PARSERS.createParser(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
      return only(parser);
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException e) {
      // What it throws depends on the provider: for numbers too large for it, for deep nesting.
      throw noJson();
    }
  }

  /** A reader would leave unread what follows the value. */
  private static JsonStructure only(JsonParser parser) {
    parser.next();
    if (parser.getValue() instanceof JsonStructure structure && !parser.hasNext()) {
      return structure;
    }
    throw noJson();
  }

  private static ProblemException noJson() {
    return new ProblemException("bad_request", "the body is no JSON object or array");
  }
}
