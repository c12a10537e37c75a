package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import java.util.List;

/**
 * The current value of each topic and key, read at one moment.
 *
 * @param position the head of the log at that moment: a subscription since it misses nothing
 * @param values in log order
 */
public record Snapshot(Position position, List<Publication> values) {
  /** Copies the values. */
  public Snapshot {
    values = List.copyOf(values);
  }
}
