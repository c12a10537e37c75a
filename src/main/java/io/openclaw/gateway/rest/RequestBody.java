package io.openclaw.gateway.rest;

import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import jakarta.json.spi.JsonProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads a bounded JSON body. */
final class RequestBody {
  private static final JsonReaderFactory READERS =
      JsonProvider.provider().createReaderFactory(Map.of());

  private RequestBody() {}

  /**
   * @throws ProblemException if it is larger than {@code maxBytes}, or no JSON object or array
   */
  static JsonStructure read(InputStream body, int maxBytes) throws IOException {
    byte[] bytes = body.readNBytes(maxBytes + 1);
    if (bytes.length > maxBytes) {
      throw new ProblemException("too_large", "a body has at most " + maxBytes + " bytes");
    }
    try (JsonReader reader =
        READERS.createReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
      return reader.read();
    } catch (RuntimeException e) {
      // What it throws depends on the provider: for numbers too large for it, for deep nesting.
      throw new ProblemException("bad_request", "the body is no JSON object or array");
    }
  }
}
