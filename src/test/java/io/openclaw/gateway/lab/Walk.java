package io.openclaw.gateway.lab;

import java.util.Collection;

/**
 * Goes through the log of one client from its beginning to its end and holds each entry against the
 * truth. Where the client stands is one pair, epoch and offset:
 *
 * <ol>
 *   <li>The first subscription says where it begins; what is older is none of its business.
 *   <li>A publication is newer than where it stands: else it came twice, or out of order.
 *   <li>Between where it stands and the publication there is nothing that it wants: else that was
 *       missed. The same for each {@code live} and for the end of the log.
 *   <li>A gap moves it forward; if it is of another epoch, into that.
 *   <li>When a subscription was not recovered, a gap comes before anything newer.
 *   <li>One that was recovered in another epoch goes on there: what it had still to get in the
 *       former one is in the new one at the same offset.
 *   <li>A gap within the window, or of an epoch that it is in already, is one that should not be.
 *   <li>At the end it is connected and live.
 * </ol>
 */
final class Walk {
  private final ClientLog log;
  private final Truth truth;
  private final Breaches breaches;
  private final boolean windowMayEnd;

  /** Empty before the first subscription. */
  private String epoch = "";

  private long at;
  private boolean gapOwed;
  private boolean live;
  private long deliveries;
  private long gaps;

  /**
   * @param windowMayEnd whether clients may be away for longer than the log keeps publications
   */
  Walk(ClientLog log, Truth truth, Breaches breaches, boolean windowMayEnd) {
    this.log = log;
    this.truth = truth;
    this.breaches = breaches;
    this.windowMayEnd = windowMayEnd;
  }

  void go() {
    log.entries().forEach(this::step);
    end();
  }

  long deliveries() {
    return deliveries;
  }

  long gaps() {
    return gaps;
  }

  private void step(Entry entry) {
    if (entry instanceof Entry.Came came) {
      came(came);
    } else if (entry instanceof Entry.Subscribed subscribed) {
      subscribed(subscribed);
    } else if (entry instanceof Entry.Gap gap) {
      gap(gap);
    } else if (entry instanceof Entry.Live reached) {
      missedBefore(reached.offset() + 1);
      at = Math.max(at, reached.offset());
      live = true;
    } else if (entry instanceof Entry.Lost lost) {
      live = false;
      gapOwed = false;
      if (lost.code() >= 4500) {
        add(Promise.COMES_BACK, "was sent away for good, with %d", lost.code());
      }
    } else if (entry instanceof Entry.Wrong wrong) {
      add(Promise.PROTOCOL, "%s", wrong.what());
    }
  }

  private void subscribed(Entry.Subscribed subscribed) {
    if (epoch.isEmpty()) {
      epoch = subscribed.epoch();
      at = subscribed.offset();
    } else if (subscribed.recovered() && !subscribed.epoch().equals(epoch)) {
      goOnIn(subscribed.epoch());
    } else {
      gapOwed = !subscribed.recovered();
    }
  }

  private void goOnIn(String next) {
    for (long offset : truth.between(epoch, log.topic(), at, Long.MAX_VALUE)) {
      if (!truth.isSame(epoch, next, offset)) {
        add(
            Promise.TOLD_FIRST,
            "goes on in epoch %s without a gap, but offset %d of %s is not there",
            next,
            offset,
            epoch);
        break;
      }
    }
    epoch = next;
  }

  private void gap(Entry.Gap gap) {
    gaps++;
    gapOwed = false;
    boolean sameEpoch = gap.epoch().equals(epoch);
    if (sameEpoch && gap.reason().equals("epoch")) {
      add(Promise.NOTHING_MISSED, "was told of another epoch, but it is the same, %s", epoch);
    } else if (sameEpoch && !windowMayEnd) {
      add(Promise.NOTHING_MISSED, "came back within the window and was told %s", gap);
    }
    if (sameEpoch) {
      missedBefore(gap.from());
    }
    at = sameEpoch ? Math.max(at, gap.to()) : gap.to();
    epoch = gap.epoch();
  }

  private void came(Entry.Came came) {
    deliveries++;
    if (gapOwed) {
      add(Promise.TOLD_FIRST, "got offset %d before the gap", came.offset());
      gapOwed = false;
    }
    if (came.offset() <= at) {
      old(came);
      return;
    }
    missedBefore(came.offset());
    at = came.offset();
  }

  private void old(Entry.Came came) {
    boolean again = log.entries().stream().filter(came::equals).limit(2).count() == 2;
    add(
        again ? Promise.NOTHING_TWICE : Promise.ONE_ORDER,
        again ? "got offset %d of epoch %s twice" : "got offset %d of epoch %s after newer ones",
        came.offset(),
        epoch);
  }

  private void missedBefore(long offset) {
    if (epoch.isEmpty()) {
      add(Promise.PROTOCOL, "was told something before its subscription was taken");
      return;
    }
    Collection<Long> missed = truth.between(epoch, log.topic(), at, offset);
    if (!missed.isEmpty()) {
      add(
          Promise.NOTHING_MISSED,
          "missed %d between %d and %d of epoch %s, the first is %d",
          missed.size(),
          at,
          offset,
          epoch,
          missed.iterator().next());
    }
  }

  private void end() {
    if (!live) {
      add(Promise.COMES_BACK, "is not live at the end, but stands at %d of %s", at, epoch);
    } else if (!epoch.equals(truth.lastEpoch())) {
      add(Promise.TOLD_FIRST, "is live in epoch %s, but there is a newer one", epoch);
    } else {
      missedBefore(Long.MAX_VALUE);
    }
  }

  private void add(Promise promise, String format, Object... arguments) {
    breaches.add(promise, "%s %s", log.client(), format.formatted(arguments));
  }
}
