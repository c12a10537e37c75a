package io.openclaw.gateway.request;

import io.openclaw.gateway.topic.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The requests that wait, by what their answers are known by and by session. Thread-safe. */
final class PendingRequests {
  private final RequestSettings bounds;
  private final Map<String, CompletableFuture<Payload>> waiting = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> bySession = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  PendingRequests(RequestSettings bounds) {
    this.bounds = bounds;
  }

  /** Adds one that leaves by itself when it is complete; whether there was room. */
  boolean add(String session, String correlation, CompletableFuture<Payload> outcome) {
    if (count.incrementAndGet() > bounds.maxPending() || !enter(session, correlation)) {
      count.decrementAndGet();
      return false;
    }
    waiting.put(correlation, outcome);
    CompletableFuture<Payload> unused =
        outcome.whenComplete((answer, failure) -> remove(session, correlation));
    return true;
  }

  private boolean enter(String session, String correlation) {
    return bySession
        .compute(session, (id, before) -> with(before, correlation))
        .contains(correlation);
  }

  private Set<String> with(@Nullable Set<String> before, String correlation) {
    Set<String> all = before == null ? ConcurrentHashMap.newKeySet() : before;
    if (all.size() < bounds.maxPendingPerSession()) {
      all.add(correlation);
    }
    return all;
  }

  private void remove(String session, String correlation) {
    waiting.remove(correlation);
    count.decrementAndGet();
    bySession.computeIfPresent(
        session,
        (id, all) -> {
          all.remove(correlation);
          return all.isEmpty() ? null : all;
        });
  }

  /** The one with this name, or null. */
  @Nullable CompletableFuture<Payload> find(String correlation) {
    return waiting.get(correlation);
  }

  List<CompletableFuture<Payload>> all() {
    return new ArrayList<>(waiting.values());
  }

  List<CompletableFuture<Payload>> of(String session) {
    List<CompletableFuture<Payload>> found = new ArrayList<>();
    for (String correlation : bySession.getOrDefault(session, Set.of())) {
      CompletableFuture<Payload> outcome = waiting.get(correlation);
      if (outcome != null) {
        found.add(outcome);
      }
    }
    return found;
  }

  int size() {
    return count.get();
  }
}
