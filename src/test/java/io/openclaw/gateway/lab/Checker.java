package io.openclaw.gateway.lab;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds what clients and publishers have written down against the promises:
 *
 * <ol>
 *   <li>What all of them saw makes up the log: at each offset of an epoch is one event, the same
 *       for all.
 *   <li>Each client's log is in the order of the offsets and complete, see {@link Walk}.
 *   <li>Each event that was brought in is in the log. Only the end of an epoch that was lost may
 *       have taken events with it, those that were sent before.
 *   <li>Each event is in an epoch once, and in a second one only if the first was lost.
 *   <li>Nothing is in the log that nobody has sent.
 * </ol>
 *
 * <p>The publishers are expected to have brought in everything that they began, by sending it again
 * with the same event id until that was acknowledged, and all queues to be empty.
 */
final class Checker {
  private final Collection<ClientLog> logs;
  private final Collection<Sending> sendings;
  private final boolean windowMayEnd;
  private final Breaches breaches = new Breaches();
  private final Truth truth;
  private final Map<String, Long> beganNanos = new HashMap<>();

  /**
   * @param windowMayEnd whether clients may be away for longer than the log keeps publications
   */
  Checker(Collection<ClientLog> logs, Collection<Sending> sendings, boolean windowMayEnd) {
    this.logs = logs;
    this.sendings = sendings;
    this.windowMayEnd = windowMayEnd;
    this.truth = new Truth(sendings);
  }

  Verdict check() {
    epochsInTheirOrder();
    logs.forEach(this::gather);
    sendings.forEach(this::gather);
    List<Walk> walks =
        logs.stream().map(log -> new Walk(log, truth, breaches, windowMayEnd)).toList();
    walks.forEach(Walk::go);
    sendings.forEach(this::isInTheLog);
    truth.events().forEach(this::isThereOnce);
    return new Verdict(
        breaches.kept(),
        breaches.counts(),
        truth.size(),
        walks.stream().mapToLong(Walk::deliveries).sum(),
        walks.stream().mapToLong(Walk::gaps).sum(),
        truth.epochs());
  }

  private void epochsInTheirOrder() {
    for (ClientLog log : logs) {
      for (Entry entry : log.entries()) {
        if (entry instanceof Entry.Subscribed subscribed) {
          beganNanos.merge(subscribed.epoch(), subscribed.atNanos(), Math::min);
        }
      }
    }
    beganNanos.entrySet().stream()
        .sorted(Comparator.comparingLong(Map.Entry::getValue))
        .forEach(each -> truth.epoch(each.getKey()));
  }

  private void gather(ClientLog log) {
    String epoch = "";
    for (Entry entry : log.entries()) {
      if (entry instanceof Entry.Subscribed subscribed) {
        epoch = subscribed.epoch();
      } else if (entry instanceof Entry.Gap gap) {
        epoch = gap.epoch();
      } else if (entry instanceof Entry.Came came) {
        saw(log.client(), epoch, came.offset(), came.event());
        isWanted(log, came);
      }
    }
  }

  private void gather(Sending sending) {
    Sending.Place answer = sending.answer();
    if (answer != null && answer.offset() > 0) { // 0: a duplicate of one that is under way
      saw("its publisher", answer.epoch(), answer.offset(), sending.event());
    }
  }

  private void saw(String who, String epoch, long offset, long event) {
    Long other = truth.saw(epoch, offset, event);
    if (other != null) {
      breaches.add(
          Promise.ONE_ORDER,
          "offset %d of epoch %s is event %d to %s, but %d to others",
          offset,
          epoch,
          event,
          who,
          other);
    }
  }

  private void isWanted(ClientLog log, Entry.Came came) {
    if (!truth.isKnown(came.event())) {
      breaches.add(Promise.IN_THE_LOG_ONCE, "nobody has sent event %d", came.event());
    } else if (log.topic() != ClientLog.ALL && truth.topic(came.event()) != log.topic()) {
      breaches.add(
          Promise.PROTOCOL,
          "%s got event %d of topic %d",
          log.client(),
          came.event(),
          truth.topic(came.event()));
    }
  }

  private void isInTheLog(Sending sending) {
    if (truth.places(sending.event()).isEmpty() && !wentWithAnEpoch(sending)) {
      breaches.add(
          Promise.IN_THE_LOG_ONCE, "event %d was acknowledged and is nowhere", sending.event());
    }
  }

  private boolean wentWithAnEpoch(Sending sending) {
    Long last = beganNanos.get(truth.lastEpoch());
    return truth.epochs().size() > 1 && last != null && sending.sentNanos() < last;
  }

  private void isThereOnce(long event) {
    Set<String> epochs = new HashSet<>();
    for (Sending.Place place : truth.places(event)) {
      if (!epochs.add(place.epoch())) {
        breaches.add(
            Promise.IN_THE_LOG_ONCE,
            "event %d is in epoch %s more than once: %s",
            event,
            place.epoch(),
            places(event));
      }
    }
  }

  private List<Long> places(long event) {
    Stream<Sending.Place> places = truth.places(event).stream();
    return places.map(Sending.Place::offset).toList();
  }
}
