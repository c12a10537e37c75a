package io.openclaw.gateway.command;

import io.openclaw.gateway.security.AccessDecision;
import io.openclaw.gateway.security.AccessPolicy;
import io.openclaw.gateway.security.Action;
import io.openclaw.gateway.security.CurrentPolicy;
import io.openclaw.gateway.security.PolicyExplanation;
import io.openclaw.gateway.session.ClientSession;
import io.openclaw.gateway.topic.TopicPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The live subscriptions that another policy would change.
 *
 * @param total how many
 * @param items the first of them, {@link #MAX_ITEMS} at most
 * @param complete whether all sessions said in time what they are subscribed to
 */
public record PolicyChanges(int total, List<Change> items, boolean complete) {
  /** How many are told one by one. */
  public static final int MAX_ITEMS = 1_000;

  private static final int PATIENCE_SECONDS = 5;

  /** A subscription, what it is now and what it would be: {@code granted}, … */
  public record Change(String session, String user, String topic, String now, String then) {}

  /** Waits for the threads that serve the sessions, for {@value #PATIENCE_SECONDS} s at most. */
  static PolicyChanges of(
      Collection<ClientSession> sessions, CurrentPolicy current, AccessPolicy proposed) {
    Map<ClientSession, CompletableFuture<List<TopicPattern>>> asked = new LinkedHashMap<>();
    sessions.forEach(session -> asked.put(session, session.patterns()));
    boolean complete = awaitAll(asked.values());
    Tally tally = new Tally(current, proposed);
    asked.forEach(
        (session, patterns) ->
            patterns.getNow(List.of()).forEach(pattern -> tally.add(session, pattern)));
    return new PolicyChanges(tally.total, List.copyOf(tally.items), complete);
  }

  private static boolean awaitAll(Collection<CompletableFuture<List<TopicPattern>>> asked) {
    CompletableFuture<Void> all =
        CompletableFuture.allOf(asked.toArray(new CompletableFuture<?>[0]));
    return all.completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
        .thenApply(done -> asked.stream().allMatch(CompletableFuture::isDone))
        .join();
  }

  /** Counts while it compares. Confined to one thread. */
  private static final class Tally {
    private final CurrentPolicy current;
    private final AccessPolicy proposed;
    private final List<Change> items = new ArrayList<>();
    private int total;

    Tally(CurrentPolicy current, AccessPolicy proposed) {
      this.current = current;
      this.proposed = proposed;
    }

    void add(ClientSession session, TopicPattern pattern) {
      AccessDecision now = current.decide(session, Action.SUBSCRIBE, pattern);
      AccessDecision then = current.decide(proposed, session, Action.SUBSCRIBE, pattern);
      if (now.equals(then)) {
        return;
      }
      total++;
      if (items.size() < MAX_ITEMS) {
        items.add(
            new Change(
                session.id(),
                session.identity().user(),
                pattern.toString(),
                PolicyExplanation.word(now),
                PolicyExplanation.word(then)));
      }
    }
  }
}
