package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.source.JsonText;
import io.openclaw.gateway.topic.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConverter;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/**
 * What the body of an exchange carries:
 *
 * <ol>
 *   <li>no body is {@code null};
 *   <li>a text is itself if it is JSON, else a JSON string;
 *   <li>numbers, truth values, maps, lists and arrays of them are JSON;
 *   <li>bytes are bytes, with {@link BodyFormat#TEXT} a text in UTF-8;
 *   <li>a stream or a file is read, at most one byte more than allowed: text if it is UTF-8, else
 *       bytes;
 *   <li>whatever Camel can convert to a text is that text; everything else is rejected.
 * </ol>
 */
final class BodyPayload {
  private static final String BINARY = "data is bytes, and bytes are no text in UTF-8";

  private final BodyFormat format;
  private final int maxBytes;

  BodyPayload(BodyFormat format, int maxBytes) {
    this.format = format;
    this.maxBytes = maxBytes;
  }

  /**
   * @throws EventRejectedException if it can carry nothing
   */
  Payload of(Message message) throws EventRejectedException {
    Object body = message.getBody();
    if (format == BodyFormat.BINARY && body instanceof CharSequence text) {
      return new Payload.Binary(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    if (body instanceof byte[] bytes) {
      return bytes(bytes, format == BodyFormat.TEXT);
    }
    if (body instanceof ByteBuffer buffer) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.duplicate().get(bytes);
      return bytes(bytes, format == BodyFormat.TEXT);
    }
    if (body instanceof InputStream || body instanceof WrappedFile || body instanceof StreamCache) {
      return streamed(message);
    }
    return json(body, message);
  }

  private Payload json(@Nullable Object body, Message message) throws EventRejectedException {
    if (body == null) {
      return Payload.NONE;
    }
    if (body instanceof CharSequence text) {
      return text(text.toString());
    }
    boolean plain =
        body instanceof Number
            || body instanceof Boolean
            || body instanceof Map<?, ?>
            || body instanceof Collection<?>
            || body instanceof Object[];
    return plain ? new Payload.Json(JsonBody.write(body)) : converted(body, message.getExchange());
  }

  private Payload converted(Object body, Exchange exchange) throws EventRejectedException {
    TypeConverter converter =
        exchange.getContext().getTypeConverterRegistry().lookup(String.class, body.getClass());
    String text =
        body instanceof Enum<?> || body.getClass().getPackageName().startsWith("java.")
            ? body.toString()
            : converter == null ? null : converter.tryConvertTo(String.class, exchange, body);
    if (text == null) {
      throw new EventRejectedException(
          "unsupported",
          "a body of the type " + body.getClass().getName() + " has to be converted before");
    }
    return text(text);
  }

  static Payload text(String text) {
    return new Payload.Json(JsonText.isJson(text) ? text : JsonText.quote(text));
  }

  private Payload bytes(byte[] bytes, boolean mustBeText) throws EventRejectedException {
    if (format == BodyFormat.BINARY || !mustBeText) {
      return new Payload.Binary(bytes);
    }
    return utf8(bytes)
        .map(BodyPayload::text)
        .orElseThrow(() -> new EventRejectedException("bad_request", BINARY));
  }

  private Payload streamed(Message message) throws EventRejectedException {
    byte[] bytes = read(message);
    if (bytes.length > maxBytes) {
      throw new EventRejectedException(
          "too_large", "the data has more than the " + maxBytes + " bytes that are allowed");
    }
    return bytes(bytes, format == BodyFormat.TEXT || utf8(bytes).isPresent());
  }

  private byte[] read(Message message) throws EventRejectedException {
    try (InputStream stream = message.getBody(InputStream.class)) {
      if (stream == null) {
        throw new EventRejectedException("unsupported", "the body cannot be read as a stream");
      }
      byte[] bytes = stream.readNBytes(maxBytes == Integer.MAX_VALUE ? maxBytes : maxBytes + 1);
      if (message.getBody() instanceof StreamCache cache) {
        cache.reset();
      } else if (message.getBody() instanceof InputStream) {
        message.setBody(bytes);
      }
      return bytes;
    } catch (IOException e) {
      throw new IllegalStateException("the body cannot be read: " + e.getMessage(), e);
    }
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whatever can be kept of a body that may not be a payload at all. */
  static Payload remains(Message message, int maxBytes) {
    try {
      return new BodyPayload(BodyFormat.AUTO, maxBytes).of(message);
    } catch (EventRejectedException e) {
      return new Payload.Json(JsonText.quote("not kept: " + e.getMessage()));
    } catch (RuntimeException e) {
      return new Payload.Json(JsonText.quote("not kept: it could not be read"));
    }
  }
}
