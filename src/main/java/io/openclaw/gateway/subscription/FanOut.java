package io.openclaw.gateway.subscription;

import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.topic.Position;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicScope;
import io.openclaw.gateway.topic.TopicTrie;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log for one shard of subscribers: each new publication is encoded once and offered to
 * every subscriber with a matching subscription, once however many of them match.
 *
 * <p>Confined to one thread, which alone subscribes, catches up and fans out.
 */
public final class FanOut {
  /** Publications taken at a time. */
  public static final int BATCH = 512;

  private final Space space;
  private final TopicLog log;
  private final int maxHistory;
  private final TopicTrie<Subscription> trie = new TopicTrie<>();
  private final Set<Interests> members = new HashSet<>();
  private final ArrayDeque<Interests> catchingUp = new ArrayDeque<>();
  private final Filters filters = new Filters();
  private final PacedSubscriptions paced = new PacedSubscriptions();
  private final Consumer<Subscription> deliver = this::deliver;
  private Encodings encodings;
  private String epoch;
  private long cursor;
  private @Nullable Offered current;

  /**
   * @param encodings shared by all fan-outs of the log
   * @param maxHistory publications that one subscription's {@code history} brings at most
   */
  public FanOut(Space space, Encodings encodings, int maxHistory) {
    this.space = space;
    this.log = space.log();
    this.maxHistory = maxHistory;
    Position head = log.head();
    this.epoch = head.epoch();
    this.encodings = encodings.inLife(epoch);
    this.cursor = head.offset();
  }

  /**
   * Offers the next publications of the log, and those that waited for their pace.
   *
   * @param nowMicros microseconds since any moment, for paced subscriptions
   * @return how many publications of the log; {@link #BATCH} if there may be more
   */
  public int advance(long nowMicros) {
    paced.advance(nowMicros);
    List<Publication> batch = log.readAfter(cursor, BATCH);
    if (!log.epoch().equals(epoch)) {
      followAnotherLife();
      return 0;
    }
    if (!batch.isEmpty() && batch.get(0).offset() != cursor + 1 && cursor < log.floor()) {
      overtakenByRetention();
    }
    for (Publication publication : batch) {
      current = new Offered(publication, encodings);
      cursor = publication.offset();
      trie.forEachMatch(publication.topic(), deliver);
    }
    current = null;
    return batch.size();
  }

  /** When {@link #advance} has something to do without new publications, in its microseconds. */
  public long nextDueMicros() {
    return paced.nextDueMicros();
  }

  /**
   * What was read may be of the next life; whether the others have missed anything is found out
   * when they come back.
   */
  private void followAnotherLife() {
    Position head = log.head();
    boolean first = epoch.isEmpty();
    epoch = head.epoch();
    encodings = encodings.inLife(epoch);
    cursor = head.offset();
    if (!first) {
      members.forEach(interests -> interests.subscriber().restart());
    }
  }

  /** The log dropped what was not fanned out yet: everybody catches up, and is told of the gap. */
  private void overtakenByRetention() {
    for (Interests interests : members) {
      if (interests.isLive()) {
        catchingUp.add(interests);
        startCatchUp(interests);
      }
    }
  }

  private void deliver(Subscription subscription) {
    Interests interests = subscription.owner();
    Offered offered = current;
    if (offered == null
        || !interests.isLive()
        || offered.offset() <= subscription.after()
        || !subscription.passes(offered)
        || interests.hasStricter(subscription, offered)
        || !interests.firstOffer(offered.offset())
        || interests.subscriber().id().equals(offered.publication().origin())) {
      return;
    }
    if (!subscription.isLatest()) {
      interests.subscriber().offer(offered.encoded());
    } else if (paced.admits(subscription, offered)) {
      interests.subscriber().offerLatest(offered.encoded(), offered.key());
    }
  }

  /**
   * Up to where everything has been offered that the subscriber wants; empty if it wants nothing,
   * still catches up, or something is held back.
   */
  public Optional<Position> servedTo(Interests interests) {
    boolean complete =
        interests.isLive()
            && !interests.all().isEmpty()
            && interests.all().stream().noneMatch(Subscription::holdsBack);
    return complete ? Optional.of(new Position(epoch, cursor)) : Optional.empty();
  }

  /**
   * Gives each subscriber that is catching up its next piece, if it has room.
   *
   * @return whether any had
   */
  public boolean catchUp() {
    boolean progress = false;
    for (int i = catchingUp.size(); i > 0; i--) {
      Interests interests = catchingUp.remove();
      progress |= interests.subscriber().hasRoom();
      if (!step(interests)) {
        catchingUp.add(interests);
      }
    }
    return progress;
  }

  /** Whether the subscriber is live after this step, or gone. */
  private boolean step(Interests interests) {
    CatchUp catchUp = interests.catchUp();
    if (catchUp != null && catchUp.step(cursor)) {
      interests.catchUp(null);
    }
    return interests.isLive();
  }

  /**
   * Adds subscriptions that were asked for in one frame; what they missed is merged in log order.
   * The same pattern again replaces the old subscription; unless it asks for the past, it goes on
   * where that one was. While the log is only being read, it is in no life yet: the subscriber has
   * to come back.
   */
  public void subscribe(Interests interests, List<SubscribeRequest> requests) {
    if (epoch.isEmpty()) {
      followAnotherLife();
    }
    members.add(interests);
    boolean wasLive = interests.isLive();
    boolean isRead = !epoch.isEmpty() && !log.epoch().isEmpty();
    CatchUp catchUp = startCatchUp(interests);
    for (SubscribeRequest request : requests) {
      isRead &= !request.asked().epoch().isEmpty();
      subscribe(interests, catchUp, request);
    }
    if (!isRead || log.epoch().isEmpty()) {
      interests.subscriber().restart();
      return;
    }
    boolean live = step(interests);
    if (wasLive && !live) {
      catchingUp.add(interests);
    }
  }

  private CatchUp startCatchUp(Interests interests) {
    CatchUp running = interests.catchUp();
    if (running != null) {
      return running;
    }
    interests.all().forEach(subscription -> subscription.servedTo(cursor));
    CatchUp started = new CatchUp(interests, space, epoch, encodings);
    interests.catchUp(started);
    return started;
  }

  private void subscribe(Interests interests, CatchUp catchUp, SubscribeRequest request) {
    Subscription old = interests.remove(request.pattern());
    if (old != null) {
      drop(old);
    }
    SubscriptionStart start = SubscriptionStart.of(space, request, old, maxHistory);
    Subscription subscription = new Subscription(interests, request, filters, start);
    interests.put(subscription);
    trie.add(subscription.pattern(), subscription);
    start.messages().forEach(catchUp::prepare);
    catchUp.join(subscription);
  }

  /**
   * Ends a subscription. {@code answer} is offered behind whatever was said of it before; nothing
   * of it comes afterwards.
   */
  public void unsubscribe(Interests interests, TopicPattern pattern, ServerMessage answer) {
    Subscription old = interests.remove(pattern);
    if (old != null) {
      drop(old);
    }
    CatchUp catchUp = interests.catchUp();
    if (catchUp == null) {
      interests.subscriber().offer(Outgoing.of(answer));
    } else {
      catchUp.leave(pattern);
      catchUp.prepare(new Prepared.Answer(pattern, answer));
    }
  }

  /**
   * From now on a subscription brings only topics of {@code scope}, or all if that is null; what
   * waits of others is not offered any more.
   */
  public void narrow(Interests interests, TopicPattern pattern, @Nullable TopicScope scope) {
    Subscription subscription = interests.get(pattern);
    if (subscription != null) {
      subscription.narrow(scope, filters);
      CatchUp catchUp = interests.catchUp();
      if (catchUp != null && scope != null) {
        catchUp.narrow(pattern, scope);
      }
    }
  }

  /** Ends all subscriptions of a subscriber that is gone. */
  public void remove(Interests interests) {
    interests.all().forEach(this::drop);
    interests.clear();
    members.remove(interests);
  }

  private void drop(Subscription subscription) {
    trie.remove(subscription.pattern(), subscription);
    subscription.leave(filters);
    paced.remove(subscription);
  }
}
