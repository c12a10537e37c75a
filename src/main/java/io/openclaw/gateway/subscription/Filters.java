package io.openclaw.gateway.subscription;

import io.openclaw.gateway.shape.Condition;
import io.openclaw.gateway.topic.TopicScope;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The filters in use in one shard, one for each distinct condition and each distinct scope. As many
 * as twice its subscriptions at most. Confined to the fan-out thread.
 */
final class Filters {
  private final Map<Object, Filter> inUse = new HashMap<>();

  @Nullable Filter use(@Nullable Condition condition) {
    return condition == null ? null : use(condition, offered -> condition.isMet(offered.fields()));
  }

  @Nullable Filter use(@Nullable TopicScope scope) {
    return scope == null ? null : use(scope, offered -> scope.includes(offered.topic()));
  }

  private Filter use(Object key, Predicate<Offered> test) {
    Filter filter = inUse.computeIfAbsent(key, unused -> new Filter(key, test));
    filter.use();
    return filter;
  }

  void leave(@Nullable Filter filter) {
    if (filter != null && filter.leave()) {
      inUse.remove(filter.key());
    }
  }
}
