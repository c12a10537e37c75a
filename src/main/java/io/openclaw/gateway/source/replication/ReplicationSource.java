package io.openclaw.gateway.source.replication;

import io.openclaw.gateway.ingest.Ingest;
import io.openclaw.gateway.outlet.Outlet;
import io.openclaw.gateway.source.DeadLetters;
import io.openclaw.gateway.source.Intake;
import io.openclaw.gateway.source.Source;
import io.openclaw.gateway.source.SourceLoop;

/** Makes sources that read tables by logical replication. */
public final class ReplicationSource {
  private ReplicationSource() {}

  /**
   * A source that is not started.
   *
   * @param deadLetters where changes are put that can never work
   */
  public static Source of(
      ReplicationSettings settings, Ingest ingest, Outlet deadLetters, SourceLoop.Parts parts) {
    Intake intake =
        new Intake(
            settings.name(), ingest, settings.options().failure(), settings.slot().batchSize());
    ReplicationFeed.Parts lasting =
        new ReplicationFeed.Parts(
            intake, new DeadLetters(settings.name(), deadLetters), new ReadingPlace());
    return new SourceLoop(
        settings, () -> new ReplicationFeed(settings, lasting), intake.counters(), parts);
  }
}
