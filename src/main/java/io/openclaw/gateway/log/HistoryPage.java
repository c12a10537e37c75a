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

  /** Its beginning, of at most so many bytes but for a single item; what was cut off is more. */
  public HistoryPage within(long maxBytes) {
    long bytes = 0;
    for (int i = 0; i < items.size(); i++) {
      bytes += items.get(i).bytes();
      if (bytes > maxBytes && i > 0) {
        return new HistoryPage(position, items.subList(0, i), true);
      }
    }
    return this;
  }
}
