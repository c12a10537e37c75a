package io.openclaw.gateway.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts the resources of this package below {@code /api/v1}. */
@ApplicationPath("/api/v1")
public class RestApplication extends Application {}
