package io.openclaw.gateway.log;

import io.openclaw.gateway.topic.Draft;
import io.openclaw.gateway.topic.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The log of a single node: everything in memory, and nowhere else. Its life ends with the process,
 * so every instance has an epoch of its own. Appends have completed when they return.
 */
public final class MemoryTopicLog extends LocalTopicLog {
  /**
   * @param epoch names this life of the log; never used before
   * @param clockMillis ms since the Unix epoch
   */
  public MemoryTopicLog(String epoch, LogSettings settings, LongSupplier clockMillis) {
    super(new LocalLog(Lineage.of(epoch), settings, clockMillis, 0));
  }

  @Override
  public CompletableFuture<List<Placement>> append(List<Draft> drafts) {
    String epoch = local().epoch();
    List<Placement> placements = new ArrayList<>(drafts.size());
    local()
        .append(drafts)
        .forEach(
            appended ->
                placements.add(new Placement(new Position(epoch, appended.offset()), false)));
    told();
    return CompletableFuture.completedFuture(placements);
  }

  @Override
  public boolean isVolatile() {
    return true;
  }
}
