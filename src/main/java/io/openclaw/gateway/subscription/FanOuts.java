package io.openclaw.gateway.subscription;

import io.openclaw.gateway.log.Space;
import io.openclaw.gateway.log.Spaces;
import io.openclaw.gateway.protocol.ServerMessage;
import io.openclaw.gateway.topic.TopicPattern;
import io.openclaw.gateway.topic.TopicScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows all logs for one shard of subscribers: a fan-out for each space. A subscription goes to
 * that of its pattern's space, and knows nothing of the others; between publications of two spaces
 * there is no order.
 *
 * <p>Confined to one thread, like each {@link FanOut}.
 */
public final class FanOuts {
  private final Spaces spaces;
  private final FanOut[] bySpace;

  /**
   * @param encodings one for each space, in their order; shared by all shards
   * @param maxHistory publications that one subscription's {@code history} brings at most
   */
  public FanOuts(Spaces spaces, List<Encodings> encodings, int maxHistory) {
    this.spaces = spaces;
    this.bySpace =
        spaces.all().stream()
            .map(space -> new FanOut(space, encodings.get(space.index()), maxHistory))
            .toArray(FanOut[]::new);
  }

  /**
   * Offers the next publications of each log, and those that waited for their pace.
   *
   * @param nowMicros microseconds since any moment, for paced subscriptions
   * @return how many publications of the log that had the most; {@link FanOut#BATCH} if there may
   *     be more
   */
  public int advance(long nowMicros) {
    int most = 0;
    for (FanOut fanOut : bySpace) {
      most = Math.max(most, fanOut.advance(nowMicros));
    }
    return most;
  }

  /** When {@link #advance} has something to do without new publications, in its microseconds. */
  public long nextDueMicros() {
    long next = Long.MAX_VALUE;
    for (FanOut fanOut : bySpace) {
      next = Math.min(next, fanOut.nextDueMicros());
    }
    return next;
  }

  /**
   * Gives each subscriber that is catching up its next piece, if it has room.
   *
   * @return whether any had
   */
  public boolean catchUp() {
    boolean progress = false;
    for (FanOut fanOut : bySpace) {
      progress |= fanOut.catchUp();
    }
    return progress;
  }

  /**
   * Adds subscriptions that were asked for in one frame; what those of one space missed is merged
   * in the order of its log.
   */
  public void subscribe(InterestsBySpace interests, List<SubscribeRequest> requests) {
    for (Space space : spaces.all()) {
      List<SubscribeRequest> here = in(space, requests);
      if (!here.isEmpty()) {
        bySpace[space.index()].subscribe(interests.in(space.index()), here);
      }
    }
  }

  private List<SubscribeRequest> in(Space space, List<SubscribeRequest> requests) {
    if (space.alone()) {
      return requests;
    }
    return requests.stream()
        .filter(request -> spaces.of(request.pattern()).index() == space.index())
        .toList();
  }

  /**
   * Ends a subscription. {@code answer} is offered behind whatever was said of it before; nothing
   * of it comes afterwards.
   */
  public void unsubscribe(InterestsBySpace interests, TopicPattern pattern, ServerMessage answer) {
    int space = spaces.of(pattern).index();
    bySpace[space].unsubscribe(interests.in(space), pattern, answer);
  }

  /**
   * From now on a subscription brings only topics of {@code scope}, or all if that is null; what
   * waits of others is not offered any more.
   */
  public void narrow(InterestsBySpace interests, TopicPattern pattern, @Nullable TopicScope scope) {
    int space = spaces.of(pattern).index();
    bySpace[space].narrow(interests.in(space), pattern, scope);
  }

  /** Ends all subscriptions of a subscriber that is gone. */
  public void remove(InterestsBySpace interests) {
    for (int space = 0; space < bySpace.length; space++) {
      Interests here = interests.known(space);
      if (here != null) {
        bySpace[space].remove(here);
      }
    }
  }

  /**
   * Up to where everything has been offered that the subscriber wants; nothing of a space in which
   * it wants nothing, still catches up, or something is held back.
   */
  public List<Served> servedTo(InterestsBySpace interests) {
    List<Served> served = new ArrayList<>(1);
    for (Space space : spaces.all()) {
      Interests here = interests.known(space.index());
      if (here != null) {
        bySpace[space.index()]
            .servedTo(here)
            .ifPresent(position -> served.add(new Served(space.wire(), position)));
      }
    }
    return served;
  }
}
