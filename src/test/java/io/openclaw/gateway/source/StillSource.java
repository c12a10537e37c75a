package io.openclaw.gateway.source;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A source that brings nothing and notes what is done to it. <i>Confined to the test's thread.</i>
 */
record StillSource(String name, List<String> notes) implements Source {
  /** Settings of such a source. */
  record Settings(String name, int revision, SourceOptions options) implements SourceSettings {
    static Settings of(String name, int revision) {
      return new Settings(name, revision, SourceOptions.DEFAULT);
    }
  }

  @Override
  public SourceState state() {
    boolean paused = notes.lastIndexOf("pause " + name) > notes.lastIndexOf("resume " + name);
    return SourceState.of(name, paused ? SourceState.Status.PAUSED : SourceState.Status.UP);
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
    notes.add("start " + name);
  }

  @Override
  public void pause() {
    notes.add("pause " + name);
  }

  @Override
  public void resume() {
    notes.add("resume " + name);
  }

  @Override
  public void stop(Duration patience) {
    notes.add("stop " + name);
  }
}
