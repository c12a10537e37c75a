package io.openclaw.gateway.source.camel;

import io.openclaw.gateway.source.SourceOptions;
import io.openclaw.gateway.source.SourceSettings;

/**
 * One file of routes.
 *
 * @param file its name within the directory, with {@code .yaml} at the end
 * @param text what it says; never shown, it may have secrets
 * @param fault why it could not be read; empty if it could
 */
public record RouteFileSettings(String file, String text, String fault, SourceOptions options)
    implements SourceSettings {
  /** What its name ends with. */
  public static final String SUFFIX = ".yaml";

  /**
   * @throws IllegalArgumentException if the name of the file is no name of a source
   */
  public RouteFileSettings {
    checkFileName(file);
  }

  static void checkFileName(String file) {
    if (!isFileName(file)) {
      throw new IllegalArgumentException(
          "the name of a file of routes is 1 to 80 of letters, digits, . _ and -, and then .yaml");
    }
  }

  static String nameOf(String file) {
    return "camel:" + file.substring(0, file.length() - SUFFIX.length());
  }

  /** Whether a file of that name is one of routes. */
  public static boolean isFileName(String file) {
    return file.endsWith(SUFFIX)
        && !file.startsWith(".")
        && SourceSettings.isName(file.substring(0, file.length() - SUFFIX.length()));
  }

  /** {@code camel:} and the name of the file without its end. */
  @Override
  public String name() {
    return nameOf(file);
  }

  @Override
  public String toString() {
    return name() + " (" + text.length() + " chars)";
  }
}
