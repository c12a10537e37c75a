package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceSettings;

/**
 * What the configuration says about a file of routes, which is read by itself.
 *
 * @param file its name within the directory, with {@code .yaml} at the end
 */
public record RouteFileOptions(String file, SourceOptions options) implements SourceSettings {
  /**
   * @throws IllegalArgumentException if the name of the file is no name of a source
   */
  public RouteFileOptions {
    RouteFileSettings.checkFileName(file);
  }

  @Override
  public String name() {
    return RouteFileSettings.nameOf(file);
  }
}
