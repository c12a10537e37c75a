package io.openclaw.gateway.source;

import java.time.Duration;
import java.util.Optional;

/**
 * Stands for a source that could not be made, so that its operator sees why.
 *
 * @param reason why, in words
 */
record UnmadeSource(String name, String reason) implements Source {
  @Override
  public SourceState state() {
    return SourceState.down(name, reason);
  }

  @Override
  public SourceCounters.Counts counts() {
    return SourceCounters.Counts.NONE;
  }

  @Override
  public Optional<Lag> lag() {
    return Optional.empty();
  }

  @Override
  public void start() {
    // There is nothing to start.
  }

  @Override
  public void pause() {
    // It takes nothing anyway.
  }

  @Override
  public void resume() {
    // It stays as it is until its settings change.
  }

  @Override
  public void stop(Duration patience) {
    // There is nothing to stop.
  }
}
