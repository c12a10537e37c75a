package io.openclaw.gateway.source.database;

import io.openclaw.gateway.ingest.IngestResult;
import io.openclaw.gateway.ingest.SourceEvent;
import io.openclaw.gateway.topic.Payload;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox as it was read.
 *
 * @param json the data as text; null if it is absent or above the limit
 * @param binary the binary data; null if it is absent or above the limit
 * @param dataBytes the size of both together in the database, read or not
 */
record OutboxRow(
    long id,
    @Nullable String topic,
    @Nullable String key,
    @Nullable String json,
    @Nullable Binary binary,
    long dataBytes,
    boolean hasBoth,
    boolean removed,
    String eventId,
    @Nullable String trace) {

  /** Bytes that records may hold. */
  record Binary(Payload.Binary payload) {}

  static OutboxRow of(ResultSet row) throws SQLException {
    byte[] bytes = row.getBytes("data_binary");
    return new OutboxRow(
        row.getLong("id"),
        row.getString("topic"),
        row.getString("key"),
        row.getString("json"),
        bytes == null ? null : new Binary(new Payload.Binary(bytes)),
        row.getLong("data_bytes"),
        row.getBoolean("has_both"),
        row.getBoolean("removed"),
        row.getString("event_id"),
        row.getString("traceparent"));
  }

  /** Why it can never become an event, as far as the row alone tells. */
  Optional<IngestResult.Rejected> fault(int maxPayloadBytes) {
    if (topic == null) {
      return Optional.of(
          new IngestResult.Rejected(
              "bad_request", "the row has no topic, or a column that its topic needs is empty"));
    }
    if (hasBoth) {
      return Optional.of(
          new IngestResult.Rejected("bad_request", "the row has both data and data_binary"));
    }
    if (dataBytes > maxPayloadBytes) {
      return Optional.of(
          new IngestResult.Rejected(
              "too_large",
              "the data has " + dataBytes + " bytes; at most " + maxPayloadBytes + " are allowed"));
    }
    return Optional.empty();
  }

  /**
   * The event it is; only for a row without {@link #fault}.
   *
   * @param source makes the event id unique among sources
   */
  SourceEvent event(String source) {
    return new SourceEvent(
        String.valueOf(topic), key, payload(), removed, source + ":" + eventId, trace);
  }

  private Payload payload() {
    if (binary != null) {
      return binary.payload();
    }
    return json == null ? Payload.NONE : new Payload.Json(json);
  }

  /** Approximate size in memory, in bytes. */
  long bytes() {
    return 200 + (json == null && binary == null ? 0 : dataBytes);
  }
}
