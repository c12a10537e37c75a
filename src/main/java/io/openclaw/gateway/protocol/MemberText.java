package io.openclaw.gateway.protocol;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One session on a topic as JSON: in the log, and in the answer to {@code presence}. */
public final class MemberText {
  private static final String BEGIN = "{\"node\":\"";

  private MemberText() {}

  /**
   * {@code {"node":…,"session":…,"user":…,"since":…,"state":…}}.
   *
   * @param user null if nobody signed in
   * @param sinceMillis ms since the Unix epoch
   * @param state JSON, or null: there is none
   */
  public static String of(
      String node,
      String session,
      @Nullable String user,
      long sinceMillis,
      @Nullable String state) {
    StringBuilder out = new StringBuilder(128).append("{\"node\":").append(Json.quote(node));
    out.append(",\"session\":").append(Json.quote(session));
    out.append(",\"user\":").append(user == null ? "null" : Json.quote(user));
    out.append(",\"since\":").append(sinceMillis);
    if (state != null) {
      out.append(",\"state\":").append(state);
    }
    return out.append('}').toString();
  }

  /** The node of such a text, which is its first field; empty if it is none. */
  public static Optional<String> nodeOf(String text) {
    int end = text.indexOf('"', BEGIN.length());
    return text.startsWith(BEGIN) && end > 0
        ? Optional.of(text.substring(BEGIN.length(), end))
        : Optional.empty();
  }
}
