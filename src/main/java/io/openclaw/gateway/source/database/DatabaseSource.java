package io.openclaw.gateway.source.database;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.source.Intake;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceLoop;

/** Makes a source of a database's outbox and its watched tables. */
public final class DatabaseSource {
  private DatabaseSource() {}

  /**
   * @param maxPayloadBytes the bound that {@code ingest} has: what is larger is not even read
   */
  public static Source of(
      DatabaseSourceSettings settings, Ingest ingest, int maxPayloadBytes, SourceLoop.Parts parts) {
    Intake intake =
        new Intake(
            settings.name(), ingest, settings.options().failure(), settings.outbox().batchSize());
    return new SourceLoop(
        settings,
        () -> OutboxFeed.open(settings, intake, maxPayloadBytes),
        intake.counters(),
        parts);
  }
}
