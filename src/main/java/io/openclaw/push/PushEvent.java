package io.openclaw.push;

import jakarta.json.bind.Jsonb;
import org.jspecify.annotations.Nullable;

/**
 * What is to be published. It is checked by the gateway: a topic that is none, or data that are too
 * large, become a dead letter.
 *
 * @param topic such as {@code orders/42}
 * @param data becomes JSON by JSON-B; null is JSON null
 * @param key the entity it is the state of, for subscriptions in the mode {@code latest}; or null
 * @param eventId names the event: the same id on the same topic is published once; null: one is
 *     made for each call
 * @param removed whether it says that the key is gone
 */
public record PushEvent(
    String topic,
    @Nullable Object data,
    @Nullable String key,
    @Nullable String eventId,
    boolean removed) {

  /** An event without a key. */
  public static PushEvent of(String topic, @Nullable Object data) {
    return new PushEvent(topic, data, null, null, false);
  }

  /** Says that {@code key} is gone. */
  public static PushEvent removal(String topic, String key) {
    return new PushEvent(topic, null, key, null, true);
  }

  /** The same as the state of an entity. */
  public PushEvent withKey(String key) {
    return new PushEvent(topic, data, key, eventId, removed);
  }

  /** The same with a name of its own. */
  public PushEvent withEventId(String eventId) {
    return new PushEvent(topic, data, key, eventId, removed);
  }

  /** Its data as JSON. */
  String json(Jsonb jsonb) {
    return data == null ? "null" : jsonb.toJson(data);
  }
}
