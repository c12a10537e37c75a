package io.openclaw.gateway.hook;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request.
 *
 * @param user who sends it; empty: nobody said
 * @param headers by name, in whatever case; what authenticates the sender is not among them
 * @param body as it came; neither maker nor reader changes it
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record HookRequest(String user, Map<String, String> headers, byte[] body) {
  /** Copies the headers. */
  public HookRequest {
    Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    copy.putAll(headers);
    headers = Collections.unmodifiableMap(copy);
  }

  /** A header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public String toString() {
    return "request(" + body.length + " bytes)";
  }
}
