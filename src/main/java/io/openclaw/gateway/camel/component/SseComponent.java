package io.openclaw.gateway.camel.component;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.PropertiesHelper;
import org.apache.camel.util.URISupport;

/**
 * Server-sent events of others. {@code from: sse:https://example.org/events} follows a stream for
 * ever; {@code to: sse:https://example.org/chat} posts the body and makes the body the events of
 * the answer, one after the other. See {@link SseEndpoint} for the options; {@code header.NAME} is
 * a header of the request, all others are the address's own. With {@code url} that is the address,
 * and what stands behind {@code sse:} is a name.
 */
public final class SseComponent extends DefaultComponent {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  /** For Camel. */
  public SseComponent() {}

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    String address = getAndRemoveParameter(parameters, "url", String.class, remaining);
    Map<String, Object> headers = PropertiesHelper.extractProperties(parameters, "header.");
    SseEndpoint endpoint = new SseEndpoint(uri, this, client);
    setProperties(endpoint, parameters);
    String query = URISupport.createQueryString(parameters);
    parameters.clear();
    endpoint.use(URI.create(query.isEmpty() ? address : address + "?" + query), headers);
    return endpoint;
  }
}
