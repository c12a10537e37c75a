package io.openclaw.sample;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The REST resources of the shop, and its database. */
@ApplicationPath("api")
@DataSourceDefinition(
    name = "java:app/jdbc/shop",
    className = "io.openclaw.sample.ShopDatabase",
    properties = "applicationName=shop", // WildFly wants at least one
    minPoolSize = 0,
    maxPoolSize = 8)
public class ShopApplication extends Application {}
