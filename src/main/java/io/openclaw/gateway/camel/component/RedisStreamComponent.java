package io.openclaw.gateway.camel.component;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * Reads a stream of Redis as a member of a consumer group: {@code
 * redis-stream:KEY?host=redis.example&group=openclaw}. See {@link RedisStreamEndpoint} for the
 * options.
 */
public final class RedisStreamComponent extends DefaultComponent {
  /** For Camel. */
  public RedisStreamComponent() {}

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    RedisStreamEndpoint endpoint = new RedisStreamEndpoint(uri, this, remaining);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
