package io.openclaw.push;

import org.jspecify.annotations.Nullable;

/**
 * Publishes to browsers, in the transaction of the caller: they see it after the commit, in the
 * order of the calls, and never after a rollback. Without a transaction each call has one of its
 * own. There are two of them, to be injected by their classes: {@link JmsPush} and {@link
 * OutboxPush}. Thread-safe.
 */
public interface Push {
  /**
   * Publishes {@code event} when the transaction commits.
   *
   * @throws PushException if that is not possible; the transaction cannot commit then
   * @throws jakarta.json.bind.JsonbException if there is no JSON for its data
   */
  void publish(PushEvent event);

  /**
   * Publishes {@code data} on a topic when the transaction commits.
   *
   * @param topic such as {@code orders/42}
   * @param data becomes JSON by JSON-B; null is JSON null
   */
  default void publish(String topic, @Nullable Object data) {
    publish(PushEvent.of(topic, data));
  }
}
