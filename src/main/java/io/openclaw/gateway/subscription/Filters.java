package io.openclaw.gateway.subscription;

import io.openclaw.gateway.shape.Condition;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The filters in use in one shard, one for each distinct condition. As many as its subscriptions at
 * most. Confined to the fan-out thread.
 */
final class Filters {
  private final Map<Condition, Filter> inUse = new HashMap<>();

  @Nullable Filter use(@Nullable Condition condition) {
    if (condition == null) {
      return null;
    }
    Filter filter = inUse.computeIfAbsent(condition, Filter::new);
    filter.use();
    return filter;
  }

  void leave(@Nullable Filter filter) {
    if (filter != null && filter.leave()) {
      inUse.remove(filter.condition());
    }
  }
}
