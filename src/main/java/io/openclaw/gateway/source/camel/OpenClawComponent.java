package io.openclaw.gateway.source.camel;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** The endpoints {@code openclaw:TOPIC} of the routes of one file. Thread-safe. */
final class OpenClawComponent extends DefaultComponent {
  static final String SCHEME = "openclaw";

  private final RouteParts parts;

  OpenClawComponent(RouteParts parts) {
    this.parts = parts;
  }

  @Override
  public boolean useRawUri() {
    return false;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    EndpointOptions options =
        new EndpointOptions(
            remaining,
            getAndRemoveParameter(parameters, "key", String.class, ""),
            getAndRemoveParameter(parameters, "eventId", String.class, ""),
            getAndRemoveParameter(parameters, "removed", Boolean.class, false),
            BodyFormat.of(getAndRemoveParameter(parameters, "format", String.class, "auto")),
            getAndRemoveParameter(parameters, "start", String.class, EndpointOptions.LATEST));
    return new OpenClawEndpoint(uri, this, options, parts);
  }
}
