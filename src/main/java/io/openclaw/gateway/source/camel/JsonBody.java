package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.source.JsonText;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists and what is in them as JSON; what JSON has no form for as its text. */
final class JsonBody {
  private static final int MAX_DEPTH = 100;

  private final StringBuilder out = new StringBuilder();

  private JsonBody() {}

  /**
   * @throws EventRejectedException if it is nested deeper than any event may be
   */
  static String write(@Nullable Object value) throws EventRejectedException {
    JsonBody json = new JsonBody();
    json.value(value, 0);
    return json.out.toString();
  }

  private void value(@Nullable Object value, int depth) throws EventRejectedException {
    if (depth > MAX_DEPTH) {
      throw new EventRejectedException("bad_request", "data is nested too deep");
    }
    if (value instanceof Map<?, ?> map) {
      object(map, depth);
    } else if (value instanceof Collection<?> list) {
      array(list, depth);
    } else if (value instanceof Object[] array) {
      array(Arrays.asList(array), depth);
    } else {
      scalar(value);
    }
  }

  private void object(Map<?, ?> map, int depth) throws EventRejectedException {
    out.append('{');
    String comma = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(comma).append(JsonText.quote(String.valueOf(entry.getKey()))).append(':');
      value(entry.getValue(), depth + 1);
      comma = ",";
    }
    out.append('}');
  }

  private void array(Collection<?> list, int depth) throws EventRejectedException {
    out.append('[');
    String comma = "";
    for (Object item : list) {
      out.append(comma);
      value(item, depth + 1);
      comma = ",";
    }
    out.append(']');
  }

  private void scalar(@Nullable Object value) {
    if (value == null || value instanceof Boolean || isFinite(value)) {
      out.append(value);
    } else if (value instanceof byte[] bytes) {
      out.append(JsonText.quote(Base64.getEncoder().encodeToString(bytes)));
    } else {
      out.append(JsonText.quote(value.toString()));
    }
  }

  private static boolean isFinite(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }
}
