package io.openclaw.gateway.protocol;

import io.openclaw.gateway.topic.Payload;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes what the server says as JSON, one object for each message. */
public final class JsonWriter {
  private JsonWriter() {}

  /**
   * A publication as {@code pub}; the data's JSON text goes in as it is.
   *
   * @param space where it is from, or null for the default space
   */
  public static String write(Publication publication, boolean snapshot, @Nullable String space) {
    StringBuilder out = new StringBuilder(128 + publication.payload().bytes());
    out.append("{\"op\":\"pub\",");
    body(out, publication);
    text(out, "space", space);
    if (snapshot) {
      out.append(",\"snapshot\":true");
    }
    return out.append('}').toString();
  }

  /** The fields of a publication, without braces. */
  private static void body(StringBuilder out, Publication publication) {
    out.append("\"topic\":").append(Json.quote(publication.topic().toString()));
    out.append(",\"offset\":").append(publication.offset());
    out.append(",\"time\":").append(publication.timeMillis());
    text(out, "key", publication.key());
    payload(out, publication.payload());
    if (publication.removed()) {
      out.append(",\"removed\":true");
    }
    text(out, "trace", publication.trace());
  }

  private static void payload(StringBuilder out, Payload payload) {
    if (payload instanceof Payload.Binary binary) {
      out.append(",\"data64\":\"");
      out.append(Base64.getEncoder().encodeToString(binary.content())).append('"');
    } else if (payload instanceof Payload.Json json) {
      out.append(",\"data\":").append(json.text());
    }
  }

  /** A publication as a JSON object without {@code op}: an item of a page. */
  public static String item(Publication publication) {
    StringBuilder out = new StringBuilder(128 + publication.payload().bytes()).append('{');
    body(out, publication);
    return out.append('}').toString();
  }

  /** Any other message. */
  public static String write(ServerMessage message) {
    StringBuilder out = new StringBuilder(128).append('{');
    if (message instanceof ServerMessage.Welcome m) {
      welcome(out, m);
    } else if (message instanceof ServerMessage.Ok m) {
      op(out, "ok", m.id());
      nullable(out, "user", m.user());
      number(out, "expires", m.expires());
    } else if (message instanceof ServerMessage.Subscribed m) {
      subscribed(out, m);
    } else if (message instanceof ServerMessage.Live m) {
      op(out, "live", null);
      text(out, "topic", m.topic());
      number(out, "offset", m.offset());
    } else if (message instanceof ServerMessage.Gap m) {
      gap(out, m);
    } else if (message instanceof ServerMessage.Unsubscribed m) {
      unsubscribed(out, m);
    } else if (message instanceof ServerMessage.Published m) {
      op(out, "published", m.id());
      text(out, "epoch", m.epoch());
      number(out, "offset", m.offset());
    } else if (message instanceof ServerMessage.HistoryItems m) {
      history(out, m);
    } else if (message instanceof ServerMessage.Attendants m) {
      attendants(out, m);
    } else if (message instanceof ServerMessage.Stated m) {
      op(out, "stated", m.id());
      text(out, "topic", m.topic());
    } else if (message instanceof ServerMessage.Response m) {
      op(out, "response", m.id());
      payload(out, m.payload());
    } else if (message instanceof ServerMessage.Pong m) {
      op(out, "pong", m.id());
      number(out, "time", m.time());
    } else if (message instanceof ServerMessage.Ping m) {
      ping(out, m);
    } else if (message instanceof ServerMessage.Expiring m) {
      op(out, "expiring", null);
      number(out, "expires", m.expires());
    } else if (message instanceof ServerMessage.Failed m) {
      op(out, "error", m.id());
      problem(out, m.code(), m.message());
    } else if (message instanceof ServerMessage.Goodbye m) {
      goodbye(out, m);
    }
    return out.append('}').toString();
  }

  private static void welcome(StringBuilder out, ServerMessage.Welcome m) {
    op(out, "welcome", null);
    text(out, "session", m.session());
    text(out, "node", m.node());
    number(out, "heartbeat", m.heartbeatMillis());
    nullable(out, "user", m.user());
    out.append(",\"limits\":{\"message\":").append(m.maxMessage());
    out.append(",\"subscriptions\":").append(m.maxSubscriptions()).append('}');
  }

  private static void subscribed(StringBuilder out, ServerMessage.Subscribed m) {
    op(out, "subscribed", m.id());
    text(out, "topic", m.topic());
    text(out, "epoch", m.epoch());
    number(out, "offset", m.offset());
    text(out, "mode", m.mode().name().toLowerCase(Locale.ROOT));
    out.append(",\"recovered\":").append(m.recovered());
    number(out, "maxRate", m.maxRate() == 0 ? null : (long) m.maxRate());
    if (m.narrowed()) {
      out.append(",\"narrowed\":true");
    }
    text(out, "space", m.space());
  }

  private static void ping(StringBuilder out, ServerMessage.Ping m) {
    op(out, "ping", null);
    Position served = m.served();
    if (served != null) {
      text(out, "space", m.space());
      text(out, "epoch", served.epoch());
      number(out, "offset", served.offset());
    }
  }

  private static void gap(StringBuilder out, ServerMessage.Gap m) {
    op(out, "gap", null);
    text(out, "topic", m.topic());
    text(out, "reason", m.reason());
    text(out, "epoch", m.epoch());
    number(out, "from", m.from());
    number(out, "to", m.to());
    text(out, "space", m.space());
  }

  private static void unsubscribed(StringBuilder out, ServerMessage.Unsubscribed m) {
    op(out, "unsubscribed", m.id());
    text(out, "topic", m.topic());
    if (m.code() != null) {
      problem(out, m.code(), m.message() == null ? "" : m.message());
    }
  }

  private static void history(StringBuilder out, ServerMessage.HistoryItems m) {
    op(out, "history", m.id());
    text(out, "epoch", m.epoch());
    out.append(",\"items\":[");
    for (int i = 0; i < m.items().size(); i++) {
      out.append(i == 0 ? "{" : ",{");
      body(out, m.items().get(i));
      out.append('}');
    }
    out.append("],\"more\":").append(m.more());
    if (m.narrowed()) {
      out.append(",\"narrowed\":true");
    }
  }

  private static void attendants(StringBuilder out, ServerMessage.Attendants m) {
    op(out, "presence", m.id());
    text(out, "topic", m.topic());
    number(out, "count", (long) m.count());
    out.append(",\"members\":[").append(String.join(",", m.members())).append(']');
  }

  private static void goodbye(StringBuilder out, ServerMessage.Goodbye m) {
    op(out, "goodbye", null);
    number(out, "code", (long) m.code());
    text(out, "reason", m.reason());
    out.append(",\"reconnect\":").append(m.reconnect());
    out.append(",\"after\":[").append(m.afterMinMillis()).append(',');
    out.append(m.afterMaxMillis()).append(']');
  }

  private static void problem(StringBuilder out, ErrorCode code, String message) {
    text(out, "code", code.wire());
    text(out, "message", message);
    out.append(",\"retry\":").append(code.retry());
  }

  private static void op(StringBuilder out, String op, @Nullable Long id) {
    out.append("\"op\":\"").append(op).append('"');
    number(out, "id", id);
  }

  private static void text(StringBuilder out, String name, @Nullable String value) {
    if (value != null) {
      out.append(",\"").append(name).append("\":").append(Json.quote(value));
    }
  }

  private static void nullable(StringBuilder out, String name, @Nullable String value) {
    out.append(",\"").append(name).append("\":");
    out.append(value == null ? "null" : Json.quote(value));
  }

  private static void number(StringBuilder out, String name, @Nullable Long value) {
    if (value != null) {
      out.append(",\"").append(name).append("\":").append(value.longValue());
    }
  }
}
