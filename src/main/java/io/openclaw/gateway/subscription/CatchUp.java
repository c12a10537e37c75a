package io.openclaw.gateway.subscription;

import io.openclaw.gateway.log.GapReason;
import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.TopicLog;
import io.openclaw.gateway.protocol.Outgoing;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.topic.Publication;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicScope;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Brings one subscriber from where its subscriptions begin to where fan-out is, in pieces that fit
 * its queue:
 *
 * <ol>
 *   <li>while it lasts, fan-out leaves the subscriber out;
 *   <li>first goes what is prepared: replies, gaps, snapshots, history;
 *   <li>then the log is read from the lowest offset that a subscription was served to;
 *   <li>a publication is offered if a subscription awaits it and none has delivered it before, as
 *       an event if it is awaited as one;
 *   <li>if the log dropped what was still to be read, each subscription concerned gets a gap;
 *   <li>at the offset where fan-out is, each joining subscription becomes {@code live}, and fan-out
 *       takes over with the next offset: nothing between, nothing twice;
 *   <li>what was read when the log had begun another life already is not offered.
 * </ol>
 *
 * <p>Confined to the fan-out thread.
 */
final class CatchUp {
  private static final int PIECE = 256;

  private final Interests interests;
  private final Space space;
  private final TopicLog log;
  private final String epoch;
  private final Encodings encodings;
  private final ArrayDeque<Prepared> prepared = new ArrayDeque<>();
  private final List<Subscription> joining = new ArrayList<>(2);

  /**
   * @param epoch the life of the log that fan-out follows; in another one nothing is offered
   */
  CatchUp(Interests interests, Space space, String epoch, Encodings encodings) {
    this.interests = interests;
    this.space = space;
    this.log = space.log();
    this.epoch = epoch;
    this.encodings = encodings;
  }

  void prepare(Prepared message) {
    prepared.add(message);
  }

  void join(Subscription subscription) {
    joining.removeIf(other -> other.pattern().equals(subscription.pattern()));
    joining.add(subscription);
  }

  /** Nothing of that subscription's past is offered any more. */
  void leave(TopicPattern pattern) {
    joining.removeIf(subscription -> subscription.pattern().equals(pattern));
    prepared.removeIf(each -> each instanceof Prepared.Past && each.pattern().equals(pattern));
  }

  /** Of that subscription's past, only topics of {@code scope} are offered any more. */
  void narrow(TopicPattern pattern, TopicScope scope) {
    prepared.removeIf(
        each ->
            each instanceof Prepared.Past past
                && past.pattern().equals(pattern)
                && !scope.includes(past.publication().topic()));
  }

  /**
   * Offers the next piece.
   *
   * @param target the offset where fan-out is
   * @return whether it is done
   */
  boolean step(long target) {
    Subscriber subscriber = interests.subscriber();
    for (int i = 0; i < PIECE && !prepared.isEmpty() && subscriber.hasRoom(); i++) {
      subscriber.offer(prepared.remove().encode(encodings));
    }
    if (!prepared.isEmpty() || !subscriber.hasRoom()) {
      return false;
    }
    long position = lowest(target);
    if (position < target) {
      read(position, target);
    }
    if (lowest(target) < target || isOver()) {
      return false;
    }
    joining.forEach(subscription -> offerLive(subscription, target));
    return true;
  }

  /** Whether the log has begun another life: fan-out is going to see it, too. */
  private boolean isOver() {
    return !log.epoch().equals(epoch);
  }

  private long lowest(long target) {
    long lowest = target;
    for (Subscription subscription : interests.all()) {
      lowest = Math.min(lowest, subscription.served());
    }
    return lowest;
  }

  /** The floor is looked at last: what the log dropped before is missing in the piece. */
  private void read(long position, long target) {
    List<Publication> piece = next(position);
    long floor = Math.min(target, log.floor());
    if (isOver()) {
      return;
    }
    if (position < floor) {
      interests.all().forEach(subscription -> gap(subscription, floor));
    }
    for (Publication publication : piece) {
      if (publication.offset() > target || !interests.subscriber().hasRoom()) {
        break;
      }
      if (publication.offset() > floor) {
        offer(publication);
        servedTo(publication.offset());
      }
    }
    if (piece.isEmpty() || piece.get(0).offset() > target) {
      servedTo(target);
    }
  }

  private List<Publication> next(long position) {
    Collection<Subscription> all = interests.all();
    if (all.size() == 1) {
      TopicPattern only = all.iterator().next().pattern();
      if (only.isExact()) {
        return log.readAfter(only.exactTopic().orElseThrow(), position, PIECE);
      }
    }
    return log.readAfter(position, PIECE);
  }

  /** What went as state may have been replaced on its way: as an event it is still to come. */
  private void offer(Publication publication) {
    Offered offered = new Offered(publication, encodings);
    boolean awaited = false;
    boolean awaitedAsEvent = false;
    boolean servedAsState = false;
    for (Subscription subscription : interests.all()) {
      if (subscription.hasServed(offered)) {
        if (!subscription.isLatest()) {
          return;
        }
        servedAsState = true;
      } else if (subscription.awaits(offered)) {
        awaited = true;
        awaitedAsEvent |= !subscription.isLatest();
      }
    }
    boolean wanted = servedAsState ? awaitedAsEvent : awaited;
    if (wanted && !interests.subscriber().id().equals(publication.origin())) {
      interests.subscriber().offer(offered.encoded());
    }
  }

  private void servedTo(long offset) {
    interests.all().forEach(subscription -> subscription.servedTo(offset));
  }

  private void gap(Subscription subscription, long floor) {
    if (subscription.served() < floor) {
      interests
          .subscriber()
          .offer(
              Outgoing.of(
                  new ServerMessage.Gap(
                      subscription.pattern().toString(),
                      GapReason.RETENTION.wire(),
                      epoch,
                      subscription.served() + 1,
                      floor,
                      space.wire())));
      subscription.servedTo(floor);
    }
  }

  private void offerLive(Subscription subscription, long target) {
    long offset = Math.max(target, subscription.after());
    interests
        .subscriber()
        .offer(Outgoing.of(new ServerMessage.Live(subscription.pattern().toString(), offset)));
  }
}
