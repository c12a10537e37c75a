package io.openclaw.gateway.lab;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Where one client stands in the log: what it says as {@code since} when it comes back. Kept by the
 * rules of the protocol: one pair, the epoch and the highest offset seen. <i>Confined to one
 * thread.</i>
 */
final class Standing {
  private @Nullable String epoch;
  private long offset;

  void subscribed(JsonObject message) {
    boolean isFirst = epoch == null;
    if (isFirst || message.getBoolean("recovered")) {
      epoch = message.getString("epoch");
    }
    if (isFirst) {
      offset = message.getJsonNumber("offset").longValue();
    }
  }

  void reached(long seen) {
    offset = Math.max(offset, seen);
  }

  void gap(JsonObject message) {
    String now = message.getString("epoch");
    long to = message.getJsonNumber("to").longValue();
    offset = now.equals(epoch) ? Math.max(offset, to) : to;
    epoch = now;
  }

  /** A subscribe command. */
  String subscribe(String pattern) {
    String command = "{\"op\":\"subscribe\",\"id\":1,\"topic\":\"" + pattern + "\"";
    return epoch == null
        ? command + "}"
        : command + ",\"since\":{\"epoch\":\"" + epoch + "\",\"offset\":" + offset + "}}";
  }
}
