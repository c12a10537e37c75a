package io.openclaw.gateway.source;

/**
 * Describes one source. Each adapter has a record of its own; settings that are equal describe the
 * same source, so a change of the configuration leaves it running.
 */
public interface SourceSettings {
  /** Kind, colon, name: {@code kafka:orders}. Unique within a gateway. */
  String name();

  /** What every source can be told. */
  SourceOptions options();

  /**
   * Whether {@code text} may stand behind the colon: 1 to 80 of letters, digits and {@code ._-}.
   */
  static boolean isName(String text) {
    return text.matches("[A-Za-z0-9._-]{1,80}");
  }
}
