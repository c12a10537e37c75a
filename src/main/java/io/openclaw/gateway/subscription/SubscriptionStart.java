package io.openclaw.gateway.subscription;

import io.openclaw.gateway.log.HistoryPage;
import io.openclaw.gateway.log.HistoryQuery;
import io.openclaw.gateway.log.Recovery;
import io.openclaw.gateway.log.Snapshot;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicMode;
import io.openclaw.gateway.topic.TopicName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription begins and what is said first:
 *
 * <ol>
 *   <li>a subscription with {@code maxRate} may hold values older than what its client has seen of
 *       others: it always begins with the snapshot;
 *   <li>{@code since} inside the log: it goes on there, recovered;
 *   <li>{@code since} outside, or of another epoch: a gap, then all the log still has (mode {@code
 *       latest}: the snapshot instead);
 *   <li>no {@code since}, mode {@code latest}: the snapshot, then what comes after it;
 *   <li>no {@code since}, the pattern is subscribed already: it goes on where that one was;
 *   <li>otherwise it begins where the log was when it was asked for; {@code history} brings the
 *       last n of each topic before that.
 * </ol>
 *
 * @param after publications up to here are not part of the subscription
 * @param served publications up to here are not delivered (again)
 * @param messages the reply, then gap, snapshot or history
 */
record SubscriptionStart(long after, long served, List<Prepared> messages) {

  static SubscriptionStart of(
      Space space, SubscribeRequest request, @Nullable Subscription old, int maxHistory) {
    TopicLog log = space.log();
    if (request.since() != null && request.maxRate() == 0) {
      return since(space, request, request.since());
    }
    if (request.mode() == TopicMode.LATEST) {
      Snapshot snapshot = log.snapshot(request.pattern());
      return at(space, snapshot.position(), request, true, snapshots(request, snapshot));
    }
    Position head = request.asked();
    long served = old == null ? head.offset() : old.served();
    List<Prepared> history = history(log, request, served, maxHistory);
    SubscriptionStart start = at(space, head.at(served), request, true, history);
    return old == null ? start : new SubscriptionStart(old.after(), served, start.messages);
  }

  private static SubscriptionStart since(Space space, SubscribeRequest request, Position since) {
    TopicLog log = space.log();
    Recovery recovery = log.recover(since);
    if (recovery instanceof Recovery.Complete complete) {
      return at(space, log.head().at(complete.from()), request, true, List.of());
    }
    Recovery.Gap gap = (Recovery.Gap) recovery;
    List<Prepared> messages = new ArrayList<>();
    messages.add(new Prepared.Answer(request.pattern(), gap(space, request, gap)));
    if (request.mode() == TopicMode.LATEST) {
      Snapshot snapshot = log.snapshot(request.pattern());
      messages.addAll(snapshots(request, snapshot));
      return at(space, snapshot.position(), request, false, messages);
    }
    return at(space, log.head().at(gap.to()), request, false, messages);
  }

  private static ServerMessage.Gap gap(Space space, SubscribeRequest request, Recovery.Gap gap) {
    return new ServerMessage.Gap(
        request.pattern().toString(),
        gap.reason().wire(),
        space.log().head().epoch(),
        gap.from(),
        gap.to(),
        space.wire());
  }

  private static SubscriptionStart at(
      Space space,
      Position start,
      SubscribeRequest request,
      boolean recovered,
      List<Prepared> then) {
    List<Prepared> messages = new ArrayList<>(1 + then.size());
    messages.add(
        new Prepared.Answer(
            request.pattern(),
            new ServerMessage.Subscribed(
                request.id(),
                request.pattern().toString(),
                start.epoch(),
                start.offset(),
                request.mode(),
                recovered,
                request.maxRate(),
                request.scope() != null || !space.holdsAllOf(request.pattern()),
                space.wire())));
    messages.addAll(then);
    return new SubscriptionStart(start.offset(), start.offset(), messages);
  }

  private static List<Prepared> snapshots(SubscribeRequest request, Snapshot snapshot) {
    List<Prepared> values = new ArrayList<>(snapshot.values().size());
    for (Publication value : snapshot.values()) {
      if (request.wants(value)) {
        values.add(past(request, value, true));
      }
    }
    return values;
  }

  private static Prepared past(SubscribeRequest request, Publication publication, boolean current) {
    return new Prepared.Past(request.pattern(), publication, current);
  }

  private static List<Prepared> history(
      TopicLog log, SubscribeRequest request, long upTo, int maxHistory) {
    if (request.history() == 0) {
      return List.of();
    }
    HistoryPage page =
        log.history(new HistoryQuery(request.pattern(), 0, upTo + 1, maxHistory, true));
    Map<TopicName, Integer> taken = new HashMap<>();
    List<Prepared> newestFirst = new ArrayList<>();
    for (Publication publication : page.items()) {
      if (request.wants(publication)
          && taken.merge(publication.topic(), 1, Integer::sum) <= request.history()) {
        newestFirst.add(past(request, publication, false));
      }
    }
    Collections.reverse(newestFirst);
    return newestFirst;
  }
}
