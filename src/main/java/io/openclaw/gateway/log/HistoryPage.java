package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import java.util.List;

/**
 * A page of the past.
 *
 * @param position the head of the log when it was read
 * @param items in the order asked for
 * @param more whether there are further ones in that direction
 */
public record HistoryPage(Position position, List<Publication> items, boolean more) {
  /** Copies the items. */
  public HistoryPage {
    items = List.copyOf(items);
  }
}
