package io.openclaw.gateway.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;

/** Puts the resources of this package below {@code /api/v1}. */
@ApplicationPath("/api/v1")
public class RestApplication extends Application {
  /** Jersey (Payara) would tell everybody its version and our signatures. */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.wadl.disableWadl", true);
  }
}
