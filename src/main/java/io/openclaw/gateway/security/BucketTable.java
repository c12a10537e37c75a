package io.openclaw.gateway.security;

import io.github.bucket4j.Bucket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A token bucket for each of many, a bounded number of them. A full bucket says nothing that a new
 * one would not, so:
 *
 * <ol>
 *   <li>Each new bucket has two others looked at, in turn; those that are full again are dropped.
 *   <li>Where there is no room, {@value #SEARCH} are looked at. If none of them is full, the
 *       fullest is dropped: whoever asks most is remembered longest.
 * </ol>
 *
 * Thread-safe; only who is new waits for others who are.
 */
final class BucketTable {
  private static final int LOOK = 2;
  private static final int SEARCH = 32;
  private static final int WORTH_TELLING = 8;

  private final int maxKeys;
  private final LongSupplier nanoTime;
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  // Guarded by this.
  private Iterator<Map.Entry<String, Entry>> hand = entries.entrySet().iterator();

  /**
   * A bucket and what it was made for.
   *
   * @param untold what was taken here and other nodes do not know of
   */
  private record Entry(Rate rate, Bucket bucket, AtomicLong untold) {
    long spent() {
      return rate.burst() - bucket.getAvailableTokens();
    }
  }

  BucketTable(int maxKeys, LongSupplier nanoTime) {
    this.maxKeys = maxKeys;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes {@code tokens}, or all there may be at once if that is less.
   *
   * @return 0 if they were there, else ns until they are; then none is taken
   */
  long take(String key, Rate rate, long tokens) {
    if (rate.isUnlimited()) {
      return 0;
    }
    Entry entry = entry(key, rate);
    long cost = Math.min(tokens, rate.burst());
    long wait = entry.bucket().tryConsumeAndReturnRemaining(cost).getNanosToWaitForRefill();
    if (wait == 0) {
      entry.untold().addAndGet(cost);
    }
    return wait;
  }

  /**
   * What was taken since it was told last, of those who took an {@value #WORTH_TELLING}th of what
   * would be their part of the burst; the others' is kept until it is so much.
   *
   * @param nodes among which the rates are shared
   * @param max keys at most
   */
  List<Spent> toTell(int nodes, int max) {
    List<Spent> told = new ArrayList<>();
    for (Map.Entry<String, Entry> each : entries.entrySet()) {
      Entry entry = each.getValue();
      if (told.size() < max
          && entry.untold().get() * WORTH_TELLING * nodes > entry.rate().burst()) {
        told.add(new Spent(each.getKey(), entry.rate(), entry.untold().getAndSet(0)));
      }
    }
    return told;
  }

  /**
   * Takes what was taken on another node, be it there or not: a rate that several nodes granted at
   * once is worked off. Nobody owes more than one burst.
   */
  void takenElsewhere(Spent spent) {
    Bucket bucket = entry(spent.key(), spent.rate()).bucket();
    long owed = Math.min(spent.tokens(), bucket.getAvailableTokens() + spent.rate().burst());
    if (owed > 0) {
      long unused = bucket.consumeIgnoringRateLimits(owed);
    }
  }

  /** The ns until there is a token; takes none. */
  long nanosUntilOne(String key) {
    Entry entry = entries.get(key);
    return entry == null ? 0 : entry.bucket().estimateAbilityToConsume(1).getNanosToWaitForRefill();
  }

  /** How many are remembered. */
  int size() {
    return entries.size();
  }

  private Entry entry(String key, Rate rate) {
    Entry known = entries.get(key);
    return known != null && known.rate().equals(rate) ? known : added(key, rate, known);
  }

  /** Another rate begins with what was spent at the one before. */
  private synchronized Entry added(String key, Rate rate, @Nullable Entry former) {
    Entry known = entries.get(key);
    if (known != null && known.rate().equals(rate)) {
      return known;
    }
    makeRoom();
    long spent = former == null ? 0 : former.spent();
    Entry added =
        new Entry(
            rate,
            Buckets.shared(rate, Math.max(0, rate.burst() - spent), nanoTime),
            new AtomicLong());
    entries.put(key, added);
    return added;
  }

  private void makeRoom() {
    boolean full = entries.size() >= maxKeys;
    Map.Entry<String, Entry> fullest = null;
    for (int i = 0; i < (full ? SEARCH : LOOK); i++) {
      Map.Entry<String, Entry> each = next();
      if (each == null) {
        break;
      }
      if (each.getValue().spent() <= 0) {
        entries.remove(each.getKey(), each.getValue());
      } else if (fullest == null || each.getValue().spent() < fullest.getValue().spent()) {
        fullest = each;
      }
    }
    if (entries.size() >= maxKeys && fullest != null) {
      entries.remove(fullest.getKey(), fullest.getValue());
    }
  }

  private Map.@Nullable Entry<String, Entry> next() {
    if (!hand.hasNext()) {
      hand = entries.entrySet().iterator();
    }
    return hand.hasNext() ? hand.next() : null;
  }
}
