package io.openclaw.gateway.outlet;

import io.openclaw.gateway.topic.Payload;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way out.
 *
 * @param topic the gateway's topic that it is about; an empty text if it is about none
 * @param key the entity it is about, or null
 * @param payload what it carries
 * @param id names it for ever, so that the other side can tell a repetition; null if there is none
 * @param properties further properties or headers, all made by the gateway: a client cannot forge
 *     them
 */
public record Outbound(
    String topic,
    @Nullable String key,
    Payload payload,
    @Nullable String id,
    Map<String, String> properties) {

  /** Copies the properties, in their order. */
  public Outbound {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }
}
