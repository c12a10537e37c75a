package io.openclaw.gateway.source;

/**
 * Stands for settings that were kept and cannot be read any more, so that their operator sees why
 * and all other sources run.
 *
 * @param reason why, in words
 */
record UnreadSettings(String name, String reason) implements SourceSettings {
  @Override
  public SourceOptions options() {
    return SourceOptions.DEFAULT;
  }
}
